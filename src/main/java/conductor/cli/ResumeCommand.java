package conductor.cli;

import conductor.app.Conductor;
import conductor.app.Execution;
import conductor.state.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes up a run. */
@Command(
    name = "resume",
    description = "Goes on with a run that was interrupted, or tries again what failed in it.",
    footer = {"", "Example:", "  conductor resume wf-1a2b3c"})
final class ResumeCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, or a unique prefix")
  String id = "";

  @Option(names = "--watch", description = "draw the live tree of the run")
  boolean watch;

  @Option(names = "--detach", description = "return at once; the run goes on")
  boolean detach;

  @Option(names = "--no-wait", description = "leave with exit code 3 when only a person can help")
  boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    Conductor conductor = conductor(run);
    trust(conductor);
    if (detach) {
      new Detached(shell(), places()).start(run);
      print(conductor.store().meta(run));
      return Exit.OK;
    }
    try (Execution execution = conductor.take(run)) {
      return new Foreground(shell(), console(), json, !noWait).run(execution, run, watch);
    }
  }
}
