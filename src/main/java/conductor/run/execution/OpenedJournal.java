package conductor.run.execution;

import conductor.journal.Entry;
import conductor.journal.Journal;
import java.util.List;

/** A journal that presents entries added since it was opened as if they had been there before. */
record OpenedJournal(Journal journal, List<Entry> entries) implements Journal {

  @Override
  public void append(Entry entry) {
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
