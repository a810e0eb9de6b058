package conductor.repl;

import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.journal.Entry;
import conductor.run.execution.Execution;
import conductor.run.execution.Reopened;
import conductor.run.execution.SessionChannel;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.util.List;
import java.util.function.Supplier;

/**
 * A session that is executed, or a run that is opened for inspection.
 *
 * @param before the journal's entries when it was taken or opened
 * @param journal returns its effects so far
 * @param performs whether effects are performed; where they are refused, the refusal is reported
 * @param program executes it to its end while the calling thread waits
 * @param interrupt interrupts the running entry; the session continues
 * @param suspend suspends the session so that it can be resumed
 */
public record LiveSession(
    RunDirectory run,
    SessionChannel prompt,
    List<Entry> before,
    Supplier<RunView> journal,
    boolean performs,
    Program program,
    Runnable interrupt,
    Runnable suspend) {

  /** Executes a session, and tells what it does. */
  public interface Program {
    RunResult run(RunListener listener) throws InterruptedException;
  }

  public static LiveSession of(RunDirectory run, Execution execution, Supplier<RunView> journal) {
    return new LiveSession(
        run,
        execution.prompt().orElseThrow(),
        execution.entries(),
        journal,
        true,
        listener -> execution.run(listener, () -> true),
        execution::interruptEntered,
        execution::suspend);
  }

  public static LiveSession of(RunDirectory run, Reopened reopened) {
    return new LiveSession(
        run,
        reopened.prompt(),
        reopened.entries(),
        () -> RunView.of(reopened.entries()),
        false,
        _ -> reopened.run(),
        reopened::interrupt,
        reopened.prompt().lines()::leave);
  }

  public String id() {
    return run.id();
  }
}
