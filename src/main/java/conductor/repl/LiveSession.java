package conductor.repl;

import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.journal.Entry;
import conductor.run.execution.Execution;
import conductor.run.execution.Reopened;
import conductor.run.execution.SessionChannel;
import java.util.List;

/** A session that is executed, or a run that is opened for inspection. */
public interface LiveSession {

  /** Returns the run's id. */
  String id();

  /** Returns the prompt of the session. */
  SessionChannel prompt();

  /** Returns the journal's entries when it was taken or opened. */
  List<Entry> before();

  /** Executes the session to its end while the calling thread waits. */
  RunResult run(RunListener listener) throws InterruptedException;

  /** Returns whether effects are performed; where they are refused, the refusal is reported. */
  boolean performs();

  /** Interrupts the running entry; the session continues. */
  void interrupt();

  /** Suspends the session so that it can be resumed. */
  void suspend();

  /** Returns a session that is executed. */
  static LiveSession of(Execution execution) {
    return new LiveSession() {
      @Override
      public String id() {
        return execution.id();
      }

      @Override
      public SessionChannel prompt() {
        return execution.prompt().orElseThrow();
      }

      @Override
      public List<Entry> before() {
        return execution.entries();
      }

      @Override
      public RunResult run(RunListener listener) throws InterruptedException {
        return execution.run(listener, () -> true);
      }

      @Override
      public boolean performs() {
        return true;
      }

      @Override
      public void interrupt() {
        execution.interruptEntered();
      }

      @Override
      public void suspend() {
        execution.suspend();
      }
    };
  }

  /** Returns a run that is opened for inspection. */
  static LiveSession of(Reopened reopened) {
    return new LiveSession() {
      @Override
      public String id() {
        return reopened.id();
      }

      @Override
      public SessionChannel prompt() {
        return reopened.prompt();
      }

      @Override
      public List<Entry> before() {
        return reopened.entries();
      }

      @Override
      public RunResult run(RunListener listener) throws InterruptedException {
        return reopened.run();
      }

      @Override
      public boolean performs() {
        return false;
      }

      @Override
      public void interrupt() {
        reopened.interrupt();
      }

      @Override
      public void suspend() {
        reopened.prompt().lines().leave();
      }
    };
  }
}
