package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.state.FileStamp;
import conductor.state.IndexEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a list shows of an issue: from the vault's index, or from its file where the index does not
 * hold it. Ordered newest first.
 */
public final class ListedIssue implements Comparable<ListedIssue> {

  private final String id;
  private final Instant created;
  private final Issue.Status status;
  private final @Nullable IndexEntry entry;
  private final @Nullable Issue issue;
  private @Nullable Row row;

  /** The part that only an issue that is shown needs. */
  private record Row(String title, List<String> labels) {

    static Row of(JsonNode tree) {
      List<String> labels =
          tree.path("labels").valueStream().map(label -> label.asString("")).toList();
      return new Row(tree.path("title").asString(""), labels);
    }
  }

  ListedIssue(IndexEntry entry) {
    this.id = entry.id();
    this.created = entry.created();
    this.status = Issue.Status.valueOf(entry.status().toUpperCase(Locale.ROOT));
    this.entry = entry;
    this.issue = null;
  }

  ListedIssue(Issue issue) {
    this.id = issue.id();
    this.created = issue.createdAt();
    this.status = issue.status();
    this.entry = null;
    this.issue = issue;
  }

  /** Returns whether this version knows the status of a line; a newer one may have written it. */
  static boolean isKnown(IndexEntry entry) {
    return Stream.of(Issue.Status.values())
        .anyMatch(one -> one.name().toLowerCase(Locale.ROOT).equals(entry.status()));
  }

  /**
   * Returns the line of an issue for the index; empty when it cannot be in one.
   *
   * @param stamp of its file, before it was read
   */
  static Optional<IndexEntry> entry(Issue issue, FileStamp stamp) {
    String status = issue.status().name().toLowerCase(Locale.ROOT);
    var row = new Row(issue.title(), issue.labels());
    return IndexEntry.of(issue.id(), stamp, issue.createdAt(), status, row);
  }

  public String id() {
    return id;
  }

  public Issue.Status status() {
    return status;
  }

  public String title() {
    return row().title();
  }

  public List<String> labels() {
    return row().labels();
  }

  /** Returns the issue as it was read; empty when the index held it. */
  Optional<Issue> read() {
    return Optional.ofNullable(issue);
  }

  private Row row() {
    Row known = row;
    if (known == null) {
      known =
          issue != null
              ? new Row(issue.title(), issue.labels())
              : Row.of(Objects.requireNonNull(entry).row());
      row = known;
    }
    return known;
  }

  @Override
  public int compareTo(ListedIssue other) {
    int order = other.created.compareTo(created);
    return order != 0 ? order : other.id.compareTo(id);
  }
}
