package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.config.Trust;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Allows or forbids a project's own agents, hooks and workflows to run. */
@Command(
    name = "trust",
    description = {
      "Lets the agents, hooks and workflows of this project's .conductor run on this machine, as they are now. When one"
          + " of its files changes, it is asked again."
    },
    footer = {"", "Examples:", "  conductor trust", "  conductor trust --revoke"})
public final class TrustCommand extends Subcommand {

  @Option(names = "--revoke", description = "trust it no more")
  boolean revoke;

  @Override
  public Integer call() {
    var trust = new Trust(places());
    List<String> brings = trust.brings();
    if (brings.isEmpty()) {
      throw new UsageError(
          "there is nothing to trust: no .conductor here that could run something");
    }
    if (revoke) {
      trust.revoke();
    } else {
      trust.give();
    }
    String word = revoke ? "no longer trusted: " : "trusted: ";
    print(new Trusted(!revoke, brings), brings.stream().map(line -> word + line).toList());
    return Exit.OK;
  }

  /** What {@code --json} prints. */
  record Trusted(boolean trusted, List<String> files) {}
}
