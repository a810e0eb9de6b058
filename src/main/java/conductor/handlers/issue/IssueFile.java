package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.error.Reason;
import conductor.state.JsonReason;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The file of an issue: front matter in YAML between two lines of dashes, then markdown. Without
 * front matter the first heading is the title. Changes keep everything else that a person wrote,
 * including comments.
 */
public final class IssueFile {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String FENCE = "---";
  private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}\\s+\\S.*");
  private static final Pattern COMMENT =
      Pattern.compile("[^:]++:(\\s++(?:[^\\s\"'|>\\[{&*!#][^#]*+)?)(#.*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z]([A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?");
  private static final Pattern LONG_TITLE = Pattern.compile("^(?=.{80})(.{0,72})(?<!\\s)\\s.*$");
  private static final Set<String> RESOLVED = Set.of("resolved", "closed", "done");

  /** The keys of the front matter that are reserved for conductor. */
  static final Set<String> OWN =
      Set.of(
          "id",
          "title",
          "status",
          "labels",
          "created_at",
          "updated_at",
          "resolved_at",
          "pr_url",
          "conductor_key");

  private final Path file;

  /** The front matter with its two fences and with line ends; empty when there is none. */
  private final List<String> front;

  private final String body;
  private final Map<String, @Nullable Object> values;

  private IssueFile(
      Path file, List<String> front, String body, Map<String, @Nullable Object> values) {
    this.file = file;
    this.front = front;
    this.body = body;
    this.values = values;
  }

  /**
   * Reads a file.
   *
   * @throws IssueFailure.BadIssue when it does not exist, is not UTF-8, or its front matter is not
   *     YAML
   */
  public static IssueFile read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IssueFailure.BadIssue(file.toString(), "there is no such file");
    } catch (CharacterCodingException e) {
      throw new IssueFailure.BadIssue(file.toString(), "it is not UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  /**
   * Returns the issue of a text that is in no file. Without front matter and heading its first
   * line, cut at a word, is the title.
   *
   * @throws IssueFailure.BadIssue when it says nothing, or its front matter is not YAML
   */
  public static Issue of(String text, Instant now) {
    if (text.isBlank()) {
      throw new IssueFailure.BadIssue("the issue", "it is empty");
    }
    Issue read = parse(Path.of("issue"), text).issue();
    return new Issue(
        read.id(),
        LONG_TITLE.matcher(read.title()).replaceFirst("$1..."),
        read.body(),
        read.status(),
        read.labels(),
        now,
        now,
        read.resolvedAt(),
        read.prUrl(),
        read.metadata());
  }

  static IssueFile parse(Path file, String text) {
    List<String> lines = List.of(text.split("(?<=\n)", -1));
    if (!isFence(lines.getFirst().replace("\uFEFF", ""))) {
      return new IssueFile(file, List.of(), text, Map.of());
    }
    int end = 1;
    while (end < lines.size() && !isFence(lines.get(end))) {
      end++;
    }
    if (end == lines.size()) {
      throw new IssueFailure.BadIssue(file + ":1", "its front matter has no closing '---'");
    }
    List<String> front = lines.subList(0, end + 1);
    String body = String.join("", lines.subList(end + 1, lines.size()));
    return new IssueFile(file, front, body, yaml(file, lines.subList(1, end)));
  }

  private static boolean isFence(String line) {
    return line.strip().equals(FENCE);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> yaml(Path file, List<String> front) {
    if (front.stream().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
      return Map.of();
    }
    try {
      Object tree = YAML.readValue(String.join("", front), Object.class);
      if (tree instanceof Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
      }
      throw new IssueFailure.BadIssue(file + ":2", "its front matter is no list of keys");
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IssueFailure.BadIssue(
          file + ":" + (line + 1), "its front matter is not YAML: " + JsonReason.of(e));
    }
  }

  /** Returns the issue. Values that are missing come from the file's name, text and times. */
  public Issue issue() {
    return issue(text("id").orElseGet(() -> nameOf(file)));
  }

  /** Returns the issue with a given id, which overrides that of its front matter. */
  Issue issue(String id) {
    Instant modified = modified();
    Instant created = time("created_at").orElse(modified);
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((key, value) -> {
      if (!OWN.contains(key)) {
        metadata.put(key, value);
      }
    });
    return new Issue(
        id,
        text("title").orElseGet(this::heading),
        text("title").isPresent() ? body.strip() : withoutHeading(),
        isResolved() ? Issue.Status.RESOLVED : Issue.Status.OPEN,
        labels(),
        created,
        time("updated_at").orElse(modified),
        time("resolved_at").orElse(null),
        text("pr_url").orElse(null),
        metadata);
  }

  /** Returns whether the status means resolved; several words are accepted for that. */
  boolean isResolved() {
    return RESOLVED.contains(text("status").orElse("open").toLowerCase(Locale.ROOT));
  }

  String key() {
    return text("conductor_key").orElse("");
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.(md|markdown|txt)$", "");
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key))
        .map(Object::toString)
        .filter(value -> !value.isBlank());
  }

  private List<String> labels() {
    return switch (values.get("labels")) {
      case List<?> items -> items.stream().map(String::valueOf).toList();
      case String text when !text.isBlank() ->
          Stream.of(text.split(",", -1)).map(String::strip).toList();
      case null, default -> List.of();
    };
  }

  private Optional<Instant> time(String key) {
    return text(key).flatMap(IssueFile::parsed);
  }

  private static Optional<Instant> parsed(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      try {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      } catch (DateTimeParseException notADate) {
        return Optional.empty();
      }
    }
  }

  private Instant modified() {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private String heading() {
    int at = headingAt();
    List<String> lines = body.lines().toList();
    return at >= 0
        ? lines.get(at).strip().replaceFirst("^#+\\s+", "").replaceFirst("(?<!\\s)\\s++#++$", "")
        : lines.stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElseGet(() -> nameOf(file));
  }

  /** Returns the line of the first heading outside of blocks of code; -1 for none. */
  private int headingAt() {
    List<String> lines = body.lines().toList();
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      code ^= lines.get(i).strip().matches("(```|~~~).*");
      if (!code && HEADING.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  private String withoutHeading() {
    int at = headingAt();
    if (at < 0) {
      return body.strip();
    }
    var lines = new ArrayList<>(body.lines().toList());
    lines.remove(at);
    String rest = String.join("\n", lines).strip();
    return rest.isEmpty() ? heading() : rest;
  }

  /**
   * Returns the file's text with other values for some keys; everything else stays unchanged.
   *
   * @throws IssueFailure.BadIssue when the front matter does not have one key per line
   */
  String with(Map<String, ?> changes) {
    String end = front.isEmpty() || !front.getFirst().endsWith("\r\n") ? "\n" : "\r\n";
    var lines = new ArrayList<>(front.isEmpty() ? List.of(FENCE + end, FENCE + end) : front);
    changes.forEach((key, value) -> set(lines, key, value, end));
    String text = String.join("", lines) + body;
    Map<String, @Nullable Object> now = parse(file, text).values;
    changes.forEach((key, value) -> {
      if (!value.equals(now.get(key))) {
        throw new IssueFailure.BadIssue(
            file.toString(),
            "'%s' cannot be changed in its front matter; write one key a line".formatted(key));
      }
    });
    return text;
  }

  private static void set(List<String> lines, String key, Object value, String end) {
    Pattern named =
        Pattern.compile("([\"']?)" + Pattern.quote(key) + "\\1\\s*:(\\s.*)?", Pattern.DOTALL);
    int at = 1;
    while (at < lines.size() - 1 && !named.matcher(lines.get(at)).matches()) {
      at++;
    }
    if (at == lines.size() - 1) {
      lines.add(at, yamlLine(key, value) + end);
      return;
    }
    int next = at + 1;
    int last = at;
    while (next < lines.size() - 1 && lines.get(next).matches("(?s)(\\s.*|-\\s.*)")) {
      last = lines.get(next).isBlank() ? last : next;
      next++;
    }
    String kept = last == at ? comment(lines.get(at).strip()) : "";
    lines.set(at, yamlLine(key, value) + kept + end);
    lines.subList(at + 1, last + 1).clear();
  }

  /** Returns the comment after a value, with the blanks before it; or an empty text. */
  private static String comment(String line) {
    Matcher parts = COMMENT.matcher(line);
    if (!parts.matches()) {
      return "";
    }
    String value = parts.group(1);
    String blanks = value.substring(value.stripTrailing().length());
    return blanks.isEmpty() ? "" : blanks + parts.group(2);
  }

  /** Values that are not plain text are written as JSON, which is valid YAML. */
  static String yamlLine(String key, Object value) {
    return (NAME.matcher(key).matches() ? key : StateJson.line(key))
        + ": "
        + (value instanceof String text && isPlain(text) ? text : StateJson.line(value));
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches() && !text.matches("(?i)true|false|null|yes|no|on|off|y|n");
  }
}
