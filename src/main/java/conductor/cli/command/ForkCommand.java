package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Subcommand;
import conductor.journal.Position;
import conductor.run.execution.Conductor;
import conductor.state.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a new run that continues from a position of another run. */
@Command(
    name = "fork",
    description =
        "Starts a new run that goes on from a place in another, with worktrees of its own as they were there. The other run stays as it is.",
    footer = {"", "Example:", "  conductor fork wf-1a2b3c --at 4.impl.2"})
public final class ForkCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(
      names = "--at",
      required = true,
      paramLabel = "POSITION",
      description = "the first effect that the new run performs itself, as 'show' prints it")
  String at = "";

  @Mixin ExecutionOptions going = new ExecutionOptions();

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    Conductor conductor = conductor(run);
    trust(conductor);
    RunDirectory fork = conductor.fork(run, new Position(at));
    Console console = console();
    console.say(console.dim("run " + fork.id()));
    return going.on(this, conductor, fork);
  }
}
