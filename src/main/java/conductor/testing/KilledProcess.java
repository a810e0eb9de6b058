package conductor.testing;

import conductor.journal.Entry;
import conductor.journal.Journal;
import conductor.journal.MemoryJournal;
import java.util.List;

/** A journal whose process is killed when it would write one record too many. */
final class KilledProcess implements Journal {

  private final MemoryJournal journal;
  private final int records;

  /**
   * Returns a journal that is written to until then.
   *
   * @param records how many records it has when the process is killed
   */
  KilledProcess(MemoryJournal journal, int records) {
    this.journal = journal;
    this.records = records;
  }

  /** Says that the process is no more. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public List<Entry> entries() {
    return journal.entries();
  }

  @Override
  public void append(Entry entry) {
    if (journal.all().size() >= records) {
      throw new Killed();
    }
    journal.append(entry);
  }

  @Override
  public void sync() {
    journal.sync();
  }

  @Override
  public void close() {
    journal.close();
  }
}
