package conductor.engine;

import conductor.journal.Entry;
import conductor.journal.Position;
import java.util.List;

/**
 * Observes a run: what it writes to its journal, in order, and what holds it up. Called on the
 * loop's thread, but for {@link #attention}; must be quick and must not throw.
 */
public interface RunListener {

  void appended(Entry entry);

  /** Is told whether the run can go on only by a person's answer, when that changes. */
  default void blocked(boolean blocked) {}

  /** Is told where a branch holds the turn for long, perhaps several times. */
  default void busy(String where) {}

  /**
   * Is told that every branch waits, that all they asked for has begun and that no reply is there:
   * only what was begun can take the run further. Told again each time before the run waits.
   */
  default void idle() {}

  /** Is told that the work on an effect is ended early; its record as cancelled follows. */
  default void cancelled(Position position) {}

  /** Receives a warning for the workflow's author. */
  default void warned(String text) {}

  /** Is told that people should look at the run: it waits for them, or has ended. */
  default void attention() {}

  static RunListener none() {
    return entry -> {};
  }

  static RunListener all(List<RunListener> listeners) {
    return new RunListener() {
      @Override
      public void appended(Entry entry) {
        listeners.forEach(listener -> listener.appended(entry));
      }

      @Override
      public void blocked(boolean blocked) {
        listeners.forEach(listener -> listener.blocked(blocked));
      }

      @Override
      public void busy(String where) {
        listeners.forEach(listener -> listener.busy(where));
      }

      @Override
      public void idle() {
        listeners.forEach(RunListener::idle);
      }

      @Override
      public void cancelled(Position position) {
        listeners.forEach(listener -> listener.cancelled(position));
      }

      @Override
      public void warned(String text) {
        listeners.forEach(listener -> listener.warned(text));
      }

      @Override
      public void attention() {
        listeners.forEach(RunListener::attention);
      }
    };
  }
}
