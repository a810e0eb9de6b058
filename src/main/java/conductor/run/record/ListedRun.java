package conductor.run.record;

import conductor.state.FileStamp;
import conductor.state.IndexEntry;
import conductor.state.RecordIndex;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
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
  private @Nullable Row row;

  /** The part that only a run that is shown needs. */
  private record Row(String name, Path project, @Nullable String issue, @Nullable String line) {

    static Row of(RunMeta meta) {
      String issue = meta.issue() == null ? null : meta.issue().id();
      return new Row(meta.name(), meta.project(), issue, meta.line());
    }

    static Row of(JsonNode tree) {
      return new Row(
          tree.path("name").asString(""),
          Path.of(tree.path("project").asString("")),
          text(tree.path("issue")),
          text(tree.path("line")));
    }

    private static @Nullable String text(JsonNode node) {
      return node.isString() ? node.stringValue() : null;
    }
  }

  ListedRun(IndexEntry entry) {
    this.id = entry.id();
    this.created = entry.created();
    this.status = RunStatus.valueOf(entry.status().toUpperCase(Locale.ROOT));
    this.entry = entry;
    this.meta = null;
  }

  ListedRun(RunMeta meta) {
    this.id = meta.id();
    this.created = meta.created();
    this.status = meta.status();
    this.entry = null;
    this.meta = meta;
  }

  /** Returns whether this version knows the status of a line; a newer one may have written it. */
  static boolean isKnown(IndexEntry entry) {
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
        ? IndexEntry.of(meta.id(), stamp, meta.created(), meta.status().text(), Row.of(meta))
        : Optional.empty();
  }

  public String id() {
    return id;
  }

  public Instant created() {
    return created;
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
      known = meta != null ? Row.of(meta) : Row.of(Objects.requireNonNull(entry).row());
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
