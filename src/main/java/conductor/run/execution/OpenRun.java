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

  private OpenRun(RunDirectory run, Ownership ownership, FileJournal journal, Codec codec) {
    this.run = run;
    this.ownership = ownership;
    this.journal = journal;
    this.codec = codec;
    this.entries = new ArrayList<>(journal.entries());
  }

  /**
   * Takes a run.
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

  /** Returns where it is. */
  RunDirectory run() {
    return run;
  }

  /** Returns what its journal holds by now. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  History history() {
    return History.of(entries);
  }

  /** Returns what its journal's values are written by. */
  Codec codec() {
    return codec;
  }

  /** Returns the run as it was written down last. */
  RunMeta meta() {
    return StateJson.read(run.meta(), RunMeta.class, RunMeta.FORMAT);
  }

  /** Returns where its script is, as it was edited last. */
  Path source() {
    return Pinned.source(run, history().edition());
  }

  /** Writes an entry; it is on disk after {@link #sync}. */
  void add(Entry entry) {
    journal.append(entry);
    entries.add(entry);
  }

  void sync() {
    journal.sync();
  }

  /** Returns the journal, as if all that it holds by now had been there when it was opened. */
  Journal journal() {
    return new OpenedJournal(journal, entries());
  }

  /** Returns where a torn tail of the journal was put. */
  Optional<Path> setAside() {
    return journal.setAside();
  }

  /** Returns whether a run that ended so can be taken up again: it failed, and by an effect. */
  static boolean canGoOn(Entry.Ended ended) {
    return hasFailed(ended) && !ended.causes().isEmpty();
  }

  /** Returns whether a run that ended so failed, and was neither done nor stopped. */
  static boolean hasFailed(Entry.Ended ended) {
    return ended.status().equals(FAILED);
  }

  /** Lets go of the run. */
  @Override
  public void close() {
    try {
      journal.close();
    } finally {
      ownership.close();
    }
  }
}
