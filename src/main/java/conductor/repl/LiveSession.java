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
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A session that is executed, or a run that is opened to look into it.
 *
 * @param before the journal's entries when it was taken or opened
 * @param told how many outcomes of entries are not told: those that come again by the replay
 * @param journal returns its effects so far
 * @param performs whether effects are performed, and not left to a fork
 * @param program executes it to its end while the calling thread waits
 * @param interrupt interrupts the running entry; the session continues
 * @param suspend suspends the session so that it can be resumed
 * @param fork the fork in which the session goes on when it has ended
 */
public record LiveSession(
    RunDirectory run,
    SessionChannel prompt,
    List<Entry> before,
    int told,
    Supplier<RunView> journal,
    boolean performs,
    Program program,
    Runnable interrupt,
    Runnable suspend,
    Fork fork) {

  /** Makes the fork of a session. */
  public interface Fork {
    /** Makes the fork, unless there is one; the session is to be left then. */
    void make() throws InterruptedException;

    Optional<RunDirectory> made();
  }

  /** Executes a session, and tells what it does. */
  public interface Program {
    RunResult run(RunListener listener) throws InterruptedException;
  }

  /** Returns a session that this process executes. */
  public static LiveSession of(
      RunDirectory run, Execution execution, int told, Supplier<RunView> journal, Fork fork) {
    return new LiveSession(
        run,
        execution.prompt().orElseThrow(),
        execution.entries(),
        told,
        journal,
        true,
        listener -> execution.run(listener, () -> true),
        execution::interruptEntered,
        execution::suspend,
        fork);
  }

  /** Returns a run that was opened. */
  public static LiveSession of(RunDirectory run, Reopened reopened) {
    return new LiveSession(
        run,
        reopened.prompt(),
        reopened.before(),
        Integer.MAX_VALUE,
        () -> RunView.of(reopened.entries()),
        false,
        _ -> reopened.run(),
        reopened::interrupt,
        reopened.prompt().lines()::leave,
        new Fork() {
          @Override
          public void make() throws InterruptedException {
            reopened.fork();
          }

          @Override
          public Optional<RunDirectory> made() {
            return reopened.forked();
          }
        });
  }

  public String id() {
    return run.id();
  }
}
