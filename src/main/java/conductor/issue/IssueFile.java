package conductor.issue;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * An issue's file: front matter in YAML between two lines of dashes, then markdown. Without front
 * matter the first heading is the title. What a person wrote into it, comments too, survives a
 * change.
 */
public final class IssueFile {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String FENCE = "---";
  private static final Set<String> OWN =
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
   * @throws IssueFailure.BadIssue when it cannot be read, or its front matter is no YAML
   */
  public static IssueFile read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IssueFailure.BadIssue(file.toString(), "there is no such file");
    } catch (CharacterCodingException e) {
      throw new IssueFailure.BadIssue(file.toString(), "it is not UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static IssueFile parse(Path file, String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().strip().equals(FENCE)) {
      return new IssueFile(file, List.of(), text, Map.of());
    }
    int end = 1;
    while (end < lines.size() && !lines.get(end).strip().equals(FENCE)) {
      end++;
    }
    if (end == lines.size()) {
      throw new IssueFailure.BadIssue(file + ":1", "its front matter has no closing '---'");
    }
    List<String> front = lines.subList(1, end);
    int bodyStart = 0;
    for (int line = 0; line <= end; line++) {
      bodyStart = text.indexOf('\n', bodyStart) + 1;
    }
    String body = bodyStart == 0 ? "" : text.substring(bodyStart);
    return new IssueFile(file, front, body, yaml(file, front));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> yaml(Path file, List<String> front) {
    try {
      Object tree = YAML.readValue(String.join("\n", front) + "\n", Object.class);
      if (tree instanceof Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
      }
      throw new IssueFailure.BadIssue(file + ":2", "its front matter is no list of keys");
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IssueFailure.BadIssue(
          file + ":" + (line + 1),
          "its front matter is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  /** The issue. What the front matter lacks comes from the file's name, text and times. */
  public Issue issue() {
    Instant modified = modified();
    Instant created = time("created_at").orElse(modified);
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((key, value) -> {
      if (!OWN.contains(key)) {
        metadata.put(key, value);
      }
    });
    return new Issue(
        text("id").orElseGet(() -> nameOf(file)),
        text("title").orElseGet(this::heading),
        text("title").isPresent() ? body.strip() : withoutHeading(),
        text("status").orElse("open").equalsIgnoreCase("resolved")
            ? Issue.Status.RESOLVED
            : Issue.Status.OPEN,
        labels(),
        created,
        time("updated_at").orElse(modified),
        time("resolved_at").orElse(null),
        text("pr_url").orElse(null),
        metadata);
  }

  /** The key that it was created with; empty when nobody gave one. */
  String key() {
    return text("conductor_key").orElse("");
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.(md|markdown|txt)$", "");
  }

  private java.util.Optional<String> text(String key) {
    return java.util.Optional.ofNullable(values.get(key))
        .map(Object::toString)
        .filter(value -> !value.isBlank());
  }

  private List<String> labels() {
    return switch (values.get("labels")) {
      case List<?> items -> items.stream().map(String::valueOf).toList();
      case String text when !text.isBlank() -> List.of(text.strip().split("\\s*,\\s*", -1));
      case null, default -> List.of();
    };
  }

  private java.util.Optional<Instant> time(String key) {
    return text(key).flatMap(IssueFile::parsed);
  }

  private static java.util.Optional<Instant> parsed(String text) {
    try {
      return java.util.Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      try {
        return java.util.Optional.of(
            LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      } catch (DateTimeParseException notADate) {
        return java.util.Optional.empty();
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
    return body.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+\\s*", "").strip())
        .findFirst()
        .or(() -> body.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst())
        .orElseGet(() -> nameOf(file));
  }

  private String withoutHeading() {
    List<String> lines = body.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("#")) {
        String rest = String.join("\n", lines.subList(i + 1, lines.size())).strip();
        return rest.isEmpty() ? heading() : rest;
      }
    }
    return body.strip();
  }

  /** The file's text with other values for some keys; all other lines stay as they are. */
  String with(Map<String, ?> changes) {
    var lines = new java.util.ArrayList<>(front);
    changes.forEach((key, value) -> set(lines, key, value));
    return FENCE + "\n" + String.join("\n", lines) + "\n" + FENCE + "\n" + body;
  }

  private static void set(List<String> lines, String key, Object value) {
    int at = 0;
    while (at < lines.size() && !lines.get(at).startsWith(key + ":")) {
      at++;
    }
    String line = yamlLine(key, value);
    if (at == lines.size()) {
      lines.add(line);
      return;
    }
    lines.set(at, line);
    while (at + 1 < lines.size() && lines.get(at + 1).matches("(\\s+.*|-\\s.*)")) {
      lines.remove(at + 1);
    }
  }

  /** One line of YAML; JSON is YAML too. */
  static String yamlLine(String key, Object value) {
    return key
        + ": "
        + (value instanceof String text
                && text.matches("[A-Za-z0-9][A-Za-z0-9 ._/-]*")
                && !text.matches("(?i)true|false|null|yes|no|on|off|[0-9.]+")
            ? text
            : conductor.state.StateJson.line(value));
  }
}
