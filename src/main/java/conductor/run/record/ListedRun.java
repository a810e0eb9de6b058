package conductor.run.record;

import conductor.handlers.agent.AgentStatusFile;
import conductor.handlers.git.NearestRepository;
import conductor.state.FileStamp;
import conductor.state.IndexEntry;
import conductor.state.RecordIndex;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a list shows of a run: from the index, or from the run itself where the index does not hold
 * it. Ordered newest first.
 */
public final class ListedRun implements Comparable<ListedRun> {

  private final String id;
  private final Instant created;
  private final RunStatus status;
  private final @Nullable IndexEntry entry;
  private final @Nullable RunMeta meta;
  private final @Nullable RunDirectory directory;
  private @Nullable Row row;

  /** The part that only a run that is shown needs. */
  private record Row(
      String name,
      Path project,
      Path repo,
      @Nullable String issue,
      @Nullable String line,
      @Nullable String pr,
      @Nullable Double cost,
      @Nullable String label) {

    static Row of(RunDirectory run, RunMeta meta) {
      String issue = meta.issue() == null ? null : meta.issue().id();
      Path repo =
          meta.envs().isEmpty()
              ? NearestRepository.of(meta.project())
              : meta.envs().getFirst().repo();
      return new Row(
          meta.name(),
          meta.project(),
          repo,
          issue,
          meta.line(),
          meta.prUrl(),
          cost(run),
          meta.label());
    }

    static Row of(JsonNode tree) {
      return new Row(
          tree.path("name").asString(""),
          Path.of(tree.path("project").asString("")),
          Path.of(tree.path("repo").asString("")),
          text(tree.path("issue")),
          text(tree.path("line")),
          text(tree.path("pr")),
          tree.path("cost").isNumber() ? tree.path("cost").doubleValue() : null,
          text(tree.path("label")));
    }

    private static @Nullable String text(JsonNode node) {
      return node.isString() ? node.stringValue() : null;
    }

    /** Returns what the agents have cost; null also when a record of one cannot be read. */
    private static @Nullable Double cost(RunDirectory run) {
      try {
        return AgentStatusFile.used(run.agents()).costUsd();
      } catch (UnreadableState | UncheckedIOException e) {
        return null; // 'show' says why
      }
    }
  }

  private ListedRun(IndexEntry entry) {
    this.id = entry.id();
    this.created = entry.created();
    this.status = RunStatus.valueOf(entry.status().toUpperCase(Locale.ROOT));
    this.entry = entry;
    this.meta = null;
    this.directory = null;
  }

  ListedRun(RunDirectory run, RunMeta meta) {
    this.id = meta.id();
    this.created = meta.created();
    this.status = meta.status();
    this.entry = null;
    this.meta = meta;
    this.directory = run;
  }

  /**
   * Returns the runs that an index holds, by id, but those whose status this version does not know.
   */
  static Map<String, ListedRun> of(RecordIndex index) {
    var runs = new HashMap<String, ListedRun>();
    index.entries().values().stream()
        .filter(ListedRun::isKnown)
        .forEach(entry -> runs.put(entry.id(), new ListedRun(entry)));
    return runs;
  }

  /** Returns whether the index told of it, from the file that the run has now. */
  boolean isOf(RunDirectory run) {
    return entry != null && entry.isOf(run.meta());
  }

  /** Returns whether this version knows the status of a line; a newer one may have written it. */
  private static boolean isKnown(IndexEntry entry) {
    return Stream.of(RunStatus.values()).anyMatch(one -> one.text().equals(entry.status()));
  }

  /** Returns the index of the runs that have ended. */
  static RecordIndex index(StateDirectory state) {
    return new RecordIndex(state.index(), id -> state.run(id).meta());
  }

  /**
   * Returns the line of a run for the index; empty for one that has not ended.
   *
   * @param stamp of the file that it was read from
   */
  static Optional<IndexEntry> entry(RunDirectory run, RunMeta meta, FileStamp stamp) {
    return meta.status().ended() && meta.id().equals(run.id())
        ? IndexEntry.of(meta.id(), stamp, meta.created(), meta.status().text(), Row.of(run, meta))
        : Optional.empty();
  }

  public String id() {
    return id;
  }

  public Instant created() {
    return created;
  }

  /** Returns when it last changed; for one that the index holds, when it was last written. */
  public Instant updated() {
    return meta != null ? meta.updated() : Objects.requireNonNull(entry).written();
  }

  /** Returns the status it has now. */
  public RunStatus status() {
    return status;
  }

  /** Returns the workflow's name. */
  public String name() {
    return row().name();
  }

  /** Returns the directory it was started in. */
  public Path project() {
    return row().project();
  }

  /**
   * Returns the main worktree of the repository it works on: that of its first worktree, else the
   * one it was started in; the directory it was started in when that is in none.
   */
  public Path repo() {
    return row().repo();
  }

  /** Returns the URL of its last pull request; null when there was none. */
  public @Nullable String prUrl() {
    return row().pr();
  }

  /** Returns the name that a person gave it; null without one. */
  public @Nullable String label() {
    return row().label();
  }

  /** Returns what its agents have cost in US dollars; null where no program said it. */
  public @Nullable Double costUsd() {
    return row().cost();
  }

  /** Returns the id of its issue; null when it has none. */
  public @Nullable String issue() {
    return row().issue();
  }

  /** Returns the text of its last {@code Status}; null when there was none. */
  public @Nullable String line() {
    return row().line();
  }

  /** Returns the run as it was read; empty when the index held it. */
  Optional<RunMeta> read() {
    return Optional.ofNullable(meta);
  }

  private Row row() {
    Row known = row;
    if (known == null) {
      known =
          meta != null
              ? Row.of(Objects.requireNonNull(directory), meta)
              : Row.of(Objects.requireNonNull(entry).row());
      row = known;
    }
    return known;
  }

  @Override
  public int compareTo(ListedRun other) {
    int order = other.created.compareTo(created);
    return order != 0 ? order : other.id.compareTo(id);
  }
}
