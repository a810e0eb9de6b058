package conductor.engine;

import conductor.journal.Entry;
import conductor.journal.Journal;
import conductor.journal.Position;

/**
 * Writes the journal for the loop: shows each entry to the listener, and leaves out syncs that have
 * nothing to do.
 */
final class Trace {

  private final Journal journal;
  private final RunListener listener;
  private boolean dirty;

  Trace(Journal journal, RunListener listener) {
    this.journal = journal;
    this.listener = listener;
  }

  void append(Entry entry) {
    journal.append(entry);
    dirty = true;
    listener.appended(entry);
  }

  /** Tells that the work on an effect is ended early. */
  void cancelled(Position position) {
    listener.cancelled(position);
  }

  void sync() {
    if (dirty) {
      journal.sync();
      dirty = false;
    }
  }
}
