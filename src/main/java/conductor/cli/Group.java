package conductor.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that does nothing but hold subcommands. */
@Command(synopsisSubcommandLabel = "COMMAND")
public abstract class Group implements Runnable, HasContext {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @ParentCommand @Nullable Object parent;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public CommandContext context() {
    return ((HasContext) Objects.requireNonNull(parent)).context();
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "which command?");
  }
}
