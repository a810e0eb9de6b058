package conductor.engine;

import conductor.journal.Entry;
import java.util.List;

/**
 * Sees what a run writes to its journal, in order, on the loop's thread. Must be quick and must not
 * throw.
 */
public interface RunListener {

  /** An entry was appended. */
  void appended(Entry entry);

  /** Every live branch waits for a person, or no longer does. */
  default void blocked(boolean blocked) {}

  /** A branch has held the turn for long; the text says where. */
  default void busy(String where) {}

  /** Something that ends no run but that its author should know. */
  default void warned(String text) {}

  /** Hears nothing. */
  static RunListener none() {
    return entry -> {};
  }

  /** Several, told in order. */
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
      public void warned(String text) {
        listeners.forEach(listener -> listener.warned(text));
      }
    };
  }
}
