package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.effect.vocabulary.Nearest;
import conductor.error.Unchecked;
import conductor.state.AtomicFile;
import conductor.state.FileStamp;
import conductor.state.FileTree;
import conductor.state.IndexEntry;
import conductor.state.Locks;
import conductor.state.RecordIndex;
import conductor.state.TextFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The issues of a state directory, one markdown file each. An id is never used again, even after
 * its file was deleted.
 */
public final class Vault {

  private static final String END = ".md";
  private static final Pattern NAME = Pattern.compile("ISSUE-(\\d+)\\.md");

  private final Path directory;
  private final InstantSource clock;
  private final Locks locks;
  private final RecordIndex index;

  /**
   * @param directory the directory of the files, created with the first issue
   */
  public Vault(Path directory, Locks locks, InstantSource clock) {
    this.directory = directory;
    this.locks = locks;
    this.clock = clock;
    this.index = new RecordIndex(directory.resolve(".index"), id -> directory.resolve(id + END));
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
    for (String name : names()) {
      Path file = directory.resolve(name);
      IndexEntry entry = known.get(idOf(name));
      try {
        issues.add(
            entry != null && ListedIssue.isKnown(entry) && entry.isOf(file)
                ? new ListedIssue(entry)
                : new ListedIssue(IssueFile.read(file).issue(idOf(name))));
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

  private List<String> names() {
    return FileTree.names(directory).stream()
        .filter(name -> name.endsWith(END) && !name.startsWith("."))
        .toList();
  }

  private List<Path> files() {
    return names().stream().sorted().map(directory::resolve).toList();
  }

  private static String idOf(Path file) {
    return idOf(file.getFileName().toString());
  }

  /** A copy of an issue is another one, even if its front matter has the old id. */
  private static String idOf(String name) {
    return name.substring(0, name.length() - END.length());
  }

  /** Returns an issue that has just been written, and has the index hold it. */
  private Issue indexed(String id) {
    FileStamp stamp = FileStamp.of(directory.resolve(id + END));
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
    for (String name : names()) {
      FileStamp stamp = FileStamp.of(directory.resolve(name));
      try {
        Issue issue = IssueFile.read(directory.resolve(name)).issue(idOf(name));
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
    return file(id).issue(id);
  }

  private IssueFile file(String id) {
    boolean named = !id.contains("/") && id.indexOf('\0') < 0;
    if (!named || !Files.exists(directory.resolve(id + END))) {
      List<String> ids = files().stream().map(Vault::idOf).toList();
      String hint = Nearest.hint(id, ids);
      String all = ids.isEmpty() ? "; there are none" : "; there are " + String.join(", ", ids);
      throw new IssueFailure.IssueNotFound(id, hint.isEmpty() ? all : hint);
    }
    return IssueFile.read(directory.resolve(id + END));
  }

  /**
   * Returns the issue that was created with a key; empty when there is none.
   *
   * @throws IssueFailure when an unreadable file contains the key
   */
  public Optional<Issue> byKey(String key) {
    for (Path file : files()) {
      try {
        IssueFile found = IssueFile.read(file);
        if (found.key().equals(key)) {
          return Optional.of(found.issue(idOf(file)));
        }
      } catch (IssueFailure broken) {
        if (text(file).contains(key)) {
          throw broken;
        }
      }
    }
    return Optional.empty();
  }

  private static String text(Path file) {
    return Unchecked.get("read " + file, () -> Files.readString(file, StandardCharsets.ISO_8859_1));
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
    return locked(() -> {
      String id = "ISSUE-%03d".formatted(next());
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
      AtomicFile.write(directory.resolve(id + END), text.toString());
      return indexed(id);
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

  /** Reserves and returns the number after the greatest one that was ever used. */
  private int next() {
    Path mark = directory.resolve(".last");
    int last = Files.exists(mark) ? Integer.parseInt(TextFile.read(mark).strip()) : 0;
    for (Path file : files()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      last = name.matches() ? Math.max(last, Integer.parseInt(name.group(1))) : last;
    }
    AtomicFile.write(mark, (last + 1) + "\n");
    return last + 1;
  }

  public Issue resolve(String id, @Nullable String result, @Nullable String prUrl)
      throws InterruptedException {
    return locked(() -> {
      IssueFile found = file(id);
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
      AtomicFile.write(directory.resolve(id + END), found.with(changes));
      return indexed(id);
    });
  }

  private <T> T locked(Locks.Work<T, RuntimeException> work) throws InterruptedException {
    return locks.locked(directory.resolve(".lock"), work);
  }
}
