package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.state.AtomicFile;
import conductor.state.FileStamp;
import conductor.state.IndexEntry;
import conductor.state.Locks;
import conductor.state.RecordIndex;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The issues of a state directory, one markdown file each. An id is never used again, even after
 * its file was deleted.
 */
public final class Vault {

  private final Path directory;
  private final VaultFiles files;
  private final InstantSource clock;
  private final Locks locks;
  private final RecordIndex index;

  /**
   * @param directory the directory of the files, created with the first issue
   */
  public Vault(Path directory, Locks locks, InstantSource clock) {
    this.directory = directory;
    this.files = new VaultFiles(directory);
    this.locks = locks;
    this.clock = clock;
    this.index = new RecordIndex(directory.resolve(".index"), files::path);
  }

  /**
   * The readable issues, and what is wrong with the others.
   *
   * @param problems one line for each unreadable issue
   */
  public record Listing(List<Issue> issues, List<String> problems) {}

  /** Reads all issues. Newest first. */
  public Listing all() {
    Listed listed = listed(Map.of());
    return new Listing(listed.issues().stream().map(this::whole).toList(), listed.problems());
  }

  /**
   * What a list shows of the readable issues, newest first, and what is wrong with the others.
   *
   * @param problems one line for each unreadable issue
   */
  public record Listed(List<ListedIssue> issues, List<String> problems) {}

  /** Looks at all issues; reads those that the index does not hold as they are now. */
  public Listed listed() {
    return listed(index.entries());
  }

  private Listed listed(Map<String, IndexEntry> known) {
    var issues = new ArrayList<ListedIssue>();
    var problems = new TreeMap<String, String>();
    for (String name : files.names()) {
      Path file = directory.resolve(name);
      IndexEntry entry = known.get(VaultFiles.idOf(name));
      try {
        issues.add(
            entry != null && ListedIssue.isKnown(entry) && entry.isOf(file)
                ? new ListedIssue(entry)
                : new ListedIssue(IssueFile.read(file).issue(VaultFiles.idOf(name))));
      } catch (IssueFailure | UncheckedIOException e) {
        problems.put(name, String.valueOf(e.getMessage()));
      }
    }
    Collections.sort(issues);
    return new Listed(issues, List.copyOf(problems.values()));
  }

  /**
   * Returns an issue of a list as a whole.
   *
   * @throws IssueFailure when it cannot be read, or not any more
   */
  public Issue whole(ListedIssue issue) {
    return issue.read().orElseGet(() -> get(issue.id()));
  }

  /** Returns an issue that has just been written, and has the index hold it. */
  private Issue indexed(String id) {
    FileStamp stamp = FileStamp.of(files.path(id));
    Issue issue = get(id);
    if (index.isOutdated()) {
      writeIndex();
    } else {
      ListedIssue.entry(issue, stamp).ifPresent(index::add);
    }
    return issue;
  }

  private void writeIndex() {
    var entries = new ArrayList<IndexEntry>();
    for (String name : files.names()) {
      FileStamp stamp = FileStamp.of(directory.resolve(name));
      try {
        Issue issue = IssueFile.read(directory.resolve(name)).issue(VaultFiles.idOf(name));
        ListedIssue.entry(issue, stamp).ifPresent(entries::add);
      } catch (IssueFailure | UncheckedIOException e) {
        // lists say so
      }
    }
    try {
      index.rewrite(entries);
    } catch (UncheckedIOException e) {
      // the issues themselves are read instead
    }
  }

  /**
   * Returns the issue of an id.
   *
   * @throws IssueFailure when there is no such issue, or it cannot be read
   */
  public Issue get(String id) {
    return files.file(id).issue(id);
  }

  /**
   * Returns the issue that was created with a key; empty when there is none.
   *
   * @throws IssueFailure when an unreadable file contains the key
   */
  public Optional<Issue> byKey(String key) {
    for (Path file : files.files()) {
      try {
        IssueFile found = IssueFile.read(file);
        if (found.key().equals(key)) {
          return Optional.of(found.issue(VaultFiles.idOf(file)));
        }
      } catch (IssueFailure broken) {
        if (VaultFiles.text(file).contains(key)) {
          throw broken;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Creates an issue.
   *
   * @param key the key by which it is found later; an empty text for none
   * @throws IssueFailure.BadIssue when the title is not one line, or the metadata has a reserved
   *     key
   */
  public Issue create(
      String title,
      String body,
      List<String> labels,
      Map<String, ? extends @Nullable Object> metadata,
      String key)
      throws InterruptedException {
    checkNew(title, metadata);
    return locked(() -> created(title, body, labels, metadata, key));
  }

  private Issue created(
      String title,
      String body,
      List<String> labels,
      Map<String, ? extends @Nullable Object> metadata,
      String key) {
    String id = "ISSUE-%03d".formatted(files.next());
    String now = clock.instant().toString();
    var front = new LinkedHashMap<String, Object>();
    front.put("id", id);
    front.put("title", title.strip());
    front.put("status", "open");
    front.put("labels", labels);
    front.put("created_at", now);
    front.put("updated_at", now);
    metadata.forEach((name, value) -> {
      if (value != null) {
        front.put(name, value);
      }
    });
    if (!key.isEmpty()) {
      front.put("conductor_key", key);
    }
    var text = new StringBuilder("---\n");
    front.forEach((name, value) -> text.append(IssueFile.yamlLine(name, value)).append('\n'));
    text.append("---\n\n").append(body.strip()).append('\n');
    AtomicFile.write(files.path(id), text.toString());
    return indexed(id);
  }

  /**
   * What became of a copy of another tracker's issue.
   *
   * @param issue the copy
   * @param isNew whether it was made just now
   */
  public record Copied(Issue issue, boolean isNew) {}

  /**
   * Copies an issue of another tracker, unless it was copied before.
   *
   * @param origin its url
   * @param labels the labels of the copy
   */
  public Copied copy(Issue there, String origin, List<String> labels) throws InterruptedException {
    Map<String, String> metadata = Map.of(Tracker.ORIGIN, origin);
    checkNew(there.title(), metadata);
    return locked(() -> {
      Optional<Issue> known =
          files.mentioning(Tracker.ORIGIN).stream()
              .filter(issue -> origin.equals(issue.metadata().get(Tracker.ORIGIN)))
              .findFirst();
      return known.isPresent()
          ? new Copied(known.get(), false)
          : new Copied(created(there.title(), there.body(), labels, metadata, ""), true);
    });
  }

  private static void checkNew(String title, Map<String, ?> metadata) {
    if (title.isBlank() || title.strip().lines().count() > 1) {
      throw new IssueFailure.BadIssue(
          "a new issue", "its title must be one line, found '" + title + "'");
    }
    metadata.keySet().stream()
        .filter(IssueFile.OWN::contains)
        .findFirst()
        .ifPresent(key -> {
          throw new IssueFailure.BadIssue(
              "a new issue", "metadata cannot set '" + key + "', which is conductor's");
        });
  }

  public Issue resolve(String id, @Nullable String result, @Nullable String prUrl)
      throws InterruptedException {
    return locked(() -> {
      IssueFile found = files.file(id);
      Instant now = clock.instant();
      var changes = new LinkedHashMap<String, Object>();
      changes.put("status", "resolved");
      changes.put("updated_at", now.toString());
      if (!found.isResolved()) {
        changes.put("resolved_at", now.toString());
      }
      if (prUrl != null) {
        changes.put("pr_url", prUrl);
      }
      if (result != null) {
        changes.put("result", result);
      }
      AtomicFile.write(files.path(id), found.with(changes));
      return indexed(id);
    });
  }

  /** Records that a pull request was opened for an issue; one that is recorded changes nothing. */
  void proposed(String id, String prUrl) throws InterruptedException {
    locked(() -> {
      IssueFile found = files.file(id);
      List<String> urls = ProposedIssues.pullRequests(found.issue(id));
      if (!urls.contains(prUrl)) {
        var all = Stream.concat(urls.stream(), Stream.of(prUrl)).toList();
        var changes = Map.of(ProposedIssues.PULL_REQUESTS, all);
        AtomicFile.write(files.path(id), found.with(changes));
      }
      return indexed(id);
    });
  }

  /** Returns whether there is an issue of an id. */
  boolean has(String id) {
    return files.has(id);
  }

  /** Returns the readable issues that record pull requests. */
  List<Issue> proposed() {
    return files.mentioning(ProposedIssues.PULL_REQUESTS);
  }

  private <T> T locked(Locks.Work<T, RuntimeException> work) throws InterruptedException {
    return locks.locked(directory.resolve(".lock"), work);
  }
}
