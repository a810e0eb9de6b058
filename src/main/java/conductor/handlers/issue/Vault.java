package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.effect.vocabulary.Nearest;
import conductor.error.Unchecked;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.Locks;
import conductor.state.TextFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The issues of a state directory, one markdown file each. An id is never used again, even after
 * its file was deleted.
 */
public final class Vault {

  private static final Pattern NAME = Pattern.compile("ISSUE-(\\d+)\\.md");

  private final Path directory;
  private final InstantSource clock;
  private final Locks locks;

  /**
   * @param directory the directory of the files, created with the first issue
   */
  public Vault(Path directory, Locks locks, InstantSource clock) {
    this.directory = directory;
    this.locks = locks;
    this.clock = clock;
  }

  /**
   * The readable issues, and what is wrong with the others.
   *
   * @param problems one line for each unreadable issue
   */
  public record Listing(List<Issue> issues, List<String> problems) {}

  /** Newest first. */
  public Listing all() {
    var issues = new ArrayList<Issue>();
    var problems = new ArrayList<String>();
    for (Path file : files()) {
      try {
        issues.add(IssueFile.read(file).issue(idOf(file)));
      } catch (IssueFailure | UncheckedIOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    issues.sort(Comparator.comparing(Issue::createdAt).thenComparing(Issue::id).reversed());
    return new Listing(List.copyOf(issues), List.copyOf(problems));
  }

  private List<Path> files() {
    return FileTree.in(directory).stream()
        .filter(file -> file.getFileName().toString().matches("(?s)[^.].*\\.md"))
        .toList();
  }

  /** A copy of an issue is another one, even if its front matter has the old id. */
  private static String idOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.md$", "");
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
    if (!named || !Files.exists(directory.resolve(id + ".md"))) {
      List<String> ids = files().stream().map(Vault::idOf).toList();
      String hint = Nearest.hint(id, ids);
      String all = ids.isEmpty() ? "; there are none" : "; there are " + String.join(", ", ids);
      throw new IssueFailure.IssueNotFound(id, hint.isEmpty() ? all : hint);
    }
    return IssueFile.read(directory.resolve(id + ".md"));
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
      AtomicFile.write(directory.resolve(id + ".md"), text.toString());
      return get(id);
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
      AtomicFile.write(directory.resolve(id + ".md"), found.with(changes));
      return get(id);
    });
  }

  private <T> T locked(Locks.Work<T, RuntimeException> work) throws InterruptedException {
    return locks.locked(directory.resolve(".lock"), work);
  }
}
