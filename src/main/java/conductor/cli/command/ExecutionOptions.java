package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.run.execution.Conductor;
import conductor.run.execution.Execution;
import conductor.state.RunDirectory;
import conductor.workflow.PinnedSession;
import picocli.CommandLine.Option;

/** The options of commands that continue an existing run. */
final class ExecutionOptions {

  @Option(names = "--watch", description = "draw the live tree of the run")
  boolean watch;

  @Option(names = "--detach", description = "return at once; the run goes on")
  boolean detach;

  @Option(names = "--no-wait", description = "leave with exit code 3 when only a person can help")
  boolean noWait;

  @Option(
      names = "--ask",
      description =
          "ask what becomes of failures - retry, extend, edit, answer, fail - instead of ending the run")
  boolean ask;

  /** Executes the run here or in another process, and returns the exit code. */
  int on(Subcommand command, Conductor conductor, RunDirectory run) throws InterruptedException {
    if (PinnedSession.of(run).isPresent()) {
      if (detach) {
        throw new UsageError(run.id() + " is a session, which somebody has to talk to");
      }
      if (ask) {
        throw new UsageError(run.id() + " is a session: it does not end by a failure");
      }
      return new Sessions(command, conductor).resume(run);
    }
    if (detach) {
      Detached.start(command, run, ask);
      command.print(conductor.store().meta(run));
      return Exit.OK;
    }
    try (Execution execution = ask ? conductor.takeAsking(run) : conductor.take(run)) {
      execution.restoreWorktrees(command.console()::say);
      return new Foreground(command, !noWait).run(execution, run, watch);
    }
  }
}
