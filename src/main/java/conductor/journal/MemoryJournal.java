package conductor.journal;

import java.util.ArrayList;
import java.util.List;

/** A journal in memory, for simulations and tests. {@link #afterCrash} simulates a crash. */
public final class MemoryJournal implements Journal {

  private final List<Entry> before;
  private final List<Entry> all;

  public MemoryJournal() {
    this(List.of());
  }

  public MemoryJournal(List<Entry> before) {
    this.before = List.copyOf(before);
    this.all = new ArrayList<>(before);
  }

  /** Returns the journal as a new process would find it. */
  public MemoryJournal afterCrash() {
    return new MemoryJournal(all());
  }

  /** Returns the journal as it would be found, had the crash come after the first entries. */
  public MemoryJournal afterCrash(int entries) {
    return new MemoryJournal(all().subList(0, entries));
  }

  public synchronized List<Entry> all() {
    return List.copyOf(all);
  }

  @Override
  public List<Entry> entries() {
    return before;
  }

  @Override
  public synchronized void append(Entry entry) {
    all.add(entry);
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}
}
