package conductor.run.execution;

import conductor.engine.History;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.FileJournal;
import conductor.journal.Journal;
import conductor.journal.Redactor;
import conductor.run.record.Ownership;
import conductor.run.record.RunMeta;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.workflow.Pinned;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that this process has taken: its lock is held, its journal is open, and its values can be
 * read and written.
 */
final class OpenRun implements AutoCloseable {

  private static final String FAILED = "error";

  private final RunDirectory run;
  private final Ownership ownership;
  private final FileJournal journal;
  private final Codec codec;
  private final List<Entry> entries;
  private @Nullable History history;

  private OpenRun(RunDirectory run, Ownership ownership, FileJournal journal, Codec codec) {
    this.run = run;
    this.ownership = ownership;
    this.journal = journal;
    this.codec = codec;
    this.entries = new ArrayList<>(journal.entries());
  }

  /**
   * Takes a run and opens its journal.
   *
   * @throws conductor.run.record.OwnedElsewhere when another process executes it
   * @throws conductor.journal.JournalException when its journal is damaged
   */
  static OpenRun take(RunDirectory run, InstantSource clock, Redactor secrets) {
    Ownership ownership = Ownership.take(run, clock);
    try {
      var codec = new Codec(new Blobs(run.blobs()), secrets);
      return new OpenRun(run, ownership, FileJournal.open(run.trace()), codec);
    } catch (RuntimeException e) {
      ownership.close();
      throw e;
    }
  }

  RunDirectory run() {
    return run;
  }

  /** Returns the journal's entries by now. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the history of the entries by now; another one once an entry is added. */
  History history() {
    History known = history;
    if (known == null) {
      known = History.of(entries);
      history = known;
    }
    return known;
  }

  Codec codec() {
    return codec;
  }

  /** Returns the run's description as last stored. */
  RunMeta meta() {
    return StateJson.read(run.meta(), RunMeta.class, RunMeta.FORMAT);
  }

  /** Returns the directory of its script, as last edited. */
  Path source() {
    return Pinned.source(run, history().editEpoch());
  }

  /** Appends an entry; it is on disk after {@link #sync}. */
  void add(Entry entry) {
    journal.append(entry);
    entries.add(entry);
    history = null;
  }

  void sync() {
    journal.sync();
  }

  /** Returns the journal, as if all its entries by now had been there when it was opened. */
  Journal journal() {
    return new OpenedJournal(journal, entries());
  }

  /** Returns the file into which a torn tail of the journal was moved; empty without one. */
  Optional<Path> setAside() {
    return journal.setAside();
  }

  /** Returns whether a run with this end can be resumed: it failed, and by an effect. */
  static boolean canGoOn(Entry.Ended ended) {
    return hasFailed(ended) && !ended.causes().isEmpty();
  }

  /** Returns whether a run with this end failed, so is neither done nor stopped. */
  static boolean hasFailed(Entry.Ended ended) {
    return ended.status().equals(FAILED);
  }

  /** Closes the journal and releases the run. */
  @Override
  public void close() {
    try {
      journal.close();
    } finally {
      ownership.close();
    }
  }
}
