package conductor.run.record;

import conductor.engine.History;
import conductor.error.Reason;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.JournalException;
import conductor.journal.JournalFile;
import conductor.journal.Redactor;
import conductor.state.FileCache;
import conductor.state.FileStamp;
import conductor.state.FileTree;
import conductor.state.IndexEntry;
import conductor.state.PrivateFiles;
import conductor.state.RecordIndex;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.SyncedDirectory;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Lists, reads and creates the runs of a state directory. Reading changes nothing and waits for
 * nobody (law 10).
 */
public final class RunStore {

  private static final int ID_BYTES = 3;

  private final StateDirectory state;
  private final RecordIndex index;
  private final FileCache<Map<String, ListedRun>> indexed;
  private final RunNames names;

  public RunStore(StateDirectory state) {
    this.state = state;
    this.index = ListedRun.index(state);
    this.indexed = new FileCache<>(1, _ -> ListedRun.of(index));
    this.names = new RunNames(state);
  }

  /**
   * The runs of a list.
   *
   * @param runs those that can be read, newest first, each with the status it has now
   * @param unreadable why the others cannot, a line each
   */
  public record Listing(List<ListedRun> runs, List<String> unreadable) {}

  /** Looks at all runs; reads those that the index does not hold as they are now. */
  public Listing list() {
    return list(indexed.of(state.index()));
  }

  private Listing list(Map<String, ListedRun> known) {
    var runs = new ArrayList<ListedRun>();
    var unreadable = new TreeMap<String, String>();
    for (String id : FileTree.names(state.workflows())) {
      RunDirectory run = state.run(id);
      ListedRun ofIndex = known.get(id);
      if (ofIndex != null && ofIndex.isOf(run)) {
        runs.add(ofIndex);
      } else if (isRun(run)) {
        try {
          runs.add(new ListedRun(run, meta(run)));
        } catch (UnreadableState | UncheckedIOException e) {
          unreadable.put(id, id + ": " + e.getMessage());
        }
      }
    }
    Collections.sort(runs);
    return new Listing(runs, List.copyOf(unreadable.values()));
  }

  /** Reads all readable runs and returns them, newest first, each with the status it has now. */
  public List<RunMeta> all() {
    return list(Map.of()).runs().stream().map(this::meta).toList();
  }

  /**
   * Returns a run of a list as a whole; it may have another status meanwhile.
   *
   * @throws UnreadableState when it cannot be read
   */
  public RunMeta meta(ListedRun run) {
    return run.read().orElseGet(() -> meta(state.run(run.id())));
  }

  /** Returns the ids of all runs, sorted, unreadable ones too. */
  public List<String> ids() {
    return FileTree.names(state.workflows()).stream()
        .filter(id -> isRun(state.run(id)))
        .sorted()
        .toList();
  }

  /**
   * Returns whether a directory is a run. A run that is being created has neither file yet; one
   * whose {@code meta.json} was lost still has its journal.
   */
  private static boolean isRun(RunDirectory run) {
    return Files.exists(run.meta(), LinkOption.NOFOLLOW_LINKS)
        || Files.exists(run.trace(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the names that runs were given. */
  public RunNames names() {
    return names;
  }

  /** Returns the run that a name means; empty when there is none. */
  public Optional<RunDirectory> named(String name) {
    return names.run(name).map(state::run).filter(RunStore::isRun);
  }

  /**
   * Returns the run of an id, of a name, or of a unique prefix of an id; the prefix may leave out
   * {@code wf-}. A name that several runs were given means the newest.
   *
   * @throws UnknownRun when none or several match
   */
  public RunDirectory find(String given) {
    List<String> ids = FileTree.names(state.workflows());
    if (ids.contains(given) && isRun(state.run(given))) {
      return state.run(given);
    }
    Optional<RunDirectory> named = named(given);
    if (named.isPresent()) {
      return named.get();
    }
    List<String> matches =
        ids.stream()
            .filter(id -> id.startsWith(given) || id.startsWith("wf-" + given))
            .filter(id -> isRun(state.run(id)))
            .sorted()
            .toList();
    if (matches.size() == 1 && !given.isEmpty()) {
      return state.run(matches.getFirst());
    }
    throw new UnknownRun(given, described(matches.isEmpty() ? ids() : matches), !matches.isEmpty());
  }

  private List<String> described(List<String> ids) {
    var meant = new HashSet<>(ids);
    return list().runs().stream()
        .filter(run -> meant.contains(run.id()))
        .map(run -> run.id() + "  " + run.status().text() + "  " + run.name())
        .toList();
  }

  /**
   * Returns a run as its owner last stored it, whether or not the owner is alive.
   *
   * @throws UnreadableState when it cannot be read
   */
  public RunMeta stored(RunDirectory run) {
    try {
      return StateJson.read(run.meta(), RunMeta.class, RunMeta.FORMAT);
    } catch (UnreadableState e) {
      throw isOfUpstream(run)
          ? new UnreadableState(
              run.meta()
                  + " is of a run of the doeff-conductor in Python, which only that program can show and go on with; it was not touched",
              true)
          : e;
    }
  }

  /**
   * Returns whether a run is the Python program's, which this one is modelled on: it keeps its runs
   * in the same place, without format numbers.
   */
  private static boolean isOfUpstream(RunDirectory run) {
    try {
      return StateJson.find(run.meta(), Map.class, RunMeta.FORMAT)
          .filter(meta -> !meta.containsKey("v") && meta.containsKey("id"))
          .filter(meta -> meta.containsKey("created_at") || meta.containsKey("workflow_id"))
          .isPresent();
    } catch (UnreadableState | UncheckedIOException e) {
      return false;
    }
  }

  /**
   * Returns a run with the status it has now. When its owner is gone, the journal tells whether it
   * has ended (even when the owner was killed before it could store that) or is {@code blocked};
   * else it is {@code interrupted}.
   */
  public RunMeta meta(RunDirectory run) {
    RunMeta meta = stored(run);
    if (meta.status().ended()) {
      return meta;
    }
    if (Ownership.of(run).isPresent()) {
      return meta.status() == RunStatus.BLOCKED && goesOn(run)
          ? meta.withStatus(RunStatus.RUNNING, meta.updated())
          : meta;
    }
    return atRest(run);
  }

  /** Returns a run with its status now, for a caller that holds its lock or cares for none. */
  public RunMeta atRest(RunDirectory run) {
    RunMeta meta = stored(run);
    return meta.status().ended() ? meta : left(run, meta);
  }

  /** Returns whether a run stored as blocked has an answer that its owner has not read yet. */
  private static boolean goesOn(RunDirectory run) {
    try {
      OpenGates gates = OpenGates.of(run);
      return !gates.anythingOpen() || gates.anyAnswered();
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      return false;
    }
  }

  /**
   * Returns a run without an owner with the status that its journal tells; interrupted when the
   * journal cannot be read.
   */
  private RunMeta left(RunDirectory run, RunMeta meta) {
    RunStatus status = RunStatus.INTERRUPTED;
    try {
      List<Entry> entries = JournalFile.read(run.trace()).entries();
      History history = History.of(entries);
      if (history.ended().isPresent()) {
        var codec = new Codec(new Blobs(run.blobs()), Redactor.none());
        return new MetaWriter(run, meta, codec, entries).meta();
      }
      boolean wasBlocked = meta.status() == RunStatus.BLOCKED;
      var standstill = new BlockedCheck(run, entries, history);
      if (standstill.isBlocked(wasBlocked, Instant.now(), this::isBlocked)) {
        status = RunStatus.BLOCKED;
      }
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      // reported to callers that read the journal itself
    }
    return meta.withStatus(status, meta.updated());
  }

  private boolean isBlocked(RunDirectory child) {
    return meta(child).status() == RunStatus.BLOCKED;
  }

  /** Returns whether no process executes a run: it has ended, or its owner is gone. */
  public boolean isAtRest(RunMeta meta) {
    return switch (meta.status()) {
      case DONE, ERROR, ABORTED, INTERRUPTED -> true;
      case BLOCKED -> Ownership.of(state.run(meta.id())).isEmpty();
      case PENDING, RUNNING -> false;
    };
  }

  /**
   * Returns the id of the run to resume so that a run continues: its own, or that of the outermost
   * run that started it.
   */
  public String resumable(RunDirectory run) {
    return parent(stored(run)).map(this::resumable).orElseGet(run::id);
  }

  /** Returns the run that started a run; empty when none did, or it was removed. */
  public Optional<RunDirectory> parent(RunMeta meta) {
    return Optional.ofNullable(meta.parent())
        .map(parent -> state.run(parent.split(" ", 2)[0]))
        .filter(RunStore::isRun);
  }

  /** Returns the view of a run's journal as it is now. */
  public RunView view(RunDirectory run) {
    return RunView.read(run.trace());
  }

  /** Creates the directory of a new run with an unused id. */
  public RunDirectory create(RandomGenerator random) {
    try {
      SyncedDirectory.create(state.workflows());
      PrivateFiles.close(state.root());
      Optional<RunDirectory> made = Optional.empty();
      while (made.isEmpty()) {
        made = tryCreate(random);
      }
      return made.get();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the state directory " + state.root() + ": " + Reason.of(e), e);
    }
  }

  private Optional<RunDirectory> tryCreate(RandomGenerator random) throws IOException {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    RunDirectory run = state.run("wf-" + HexFormat.of().formatHex(bytes));
    try {
      PrivateFiles.directory(run.root());
      SyncedDirectory.sync(state.workflows());
      return Optional.of(run);
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    }
  }

  /** Writes the index anew when it is missing or mostly does not hold what the runs are now. */
  public void index() {
    if (index.isOutdated()) {
      rewriteIndex();
    }
  }

  /** Writes the index anew, from all runs that have ended. */
  public void rewriteIndex() {
    var entries = new ArrayList<IndexEntry>();
    for (String id : ids()) {
      RunDirectory run = state.run(id);
      FileStamp stamp = FileStamp.of(run.meta());
      try {
        ListedRun.entry(run, stored(run), stamp).ifPresent(entries::add);
      } catch (UnreadableState | UncheckedIOException e) {
        // lists say so
      }
    }
    index.rewrite(entries);
  }

  /**
   * Looks whether the index can be read.
   *
   * @throws UnreadableState when it cannot
   */
  public void checkIndex() {
    index.check();
  }
}
