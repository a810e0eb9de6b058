package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.run.execution.Removals;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes runs that ended long ago. */
@Command(
    name = "gc",
    description = {
      "Removes runs that ended long ago, as 'rm' does.",
      "Keeps what can be resumed, what has worktrees and what another run needs, and says why."
    },
    footer = {"", "Example:", "  conductor gc --older-than 30d --dry-run"})
public final class GcCommand extends Subcommand {

  @Option(
      names = "--older-than",
      required = true,
      paramLabel = "TIME",
      description = "only runs that ended longer ago, such as 7d")
  String olderThan = "";

  @Option(names = "--dry-run", description = "say what would be removed, and remove nothing")
  boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    List<Removals.Verdict> verdicts =
        new Removals(places()).collect(time("--older-than", olderThan), dryRun);
    print(verdicts, verdicts.stream().map(this::line).toList());
    if (verdicts.isEmpty()) {
      console().say("nothing ended that long ago");
    }
    return Exit.OK;
  }

  private String line(Removals.Verdict verdict) {
    return verdict.run()
        + "  "
        + (verdict.kept() != null
            ? "kept: " + verdict.kept()
            : dryRun ? "would be removed" : "removed");
  }
}
