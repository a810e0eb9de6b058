package conductor.handlers.agent.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** How agents tell that they changed files, as one event for each file. */
final class Changes {

  private static final int MOST = 500;

  private Changes() {}

  /** What claude's tools gave back. */
  static Stream<Event> claude(JsonNode result) {
    String path = result.path("filePath").asString("");
    List<String> lines =
        result
            .path("structuredPatch")
            .valueStream()
            .flatMap(hunk -> hunk.path("lines").valueStream())
            .map(line -> line.asString(""))
            .toList();
    if (lines.isEmpty() && result.path("type").asString("").equals("create")) {
      lines = marked("+", result.path("content").asString(""));
    }
    return of(path, lines);
  }

  /** A change of codex: of a new or a deleted file its text, else a diff. */
  static Stream<Event> codex(JsonNode change) {
    String diff = change.path("diff").asString("");
    List<String> lines =
        switch (change.path("kind").path("type").asString("")) {
          case "add" -> marked("+", diff);
          case "delete" -> marked("-", diff);
          default -> diff.lines().toList();
        };
    return of(change.path("path").asString(""), lines);
  }

  /** A part of what an ACP tool shows: the texts of before and after. */
  static Stream<Event> acp(JsonNode part) {
    var before = new ArrayList<>(part.path("oldText").stringValue("").lines().toList());
    var after = new ArrayList<>(part.path("newText").stringValue("").lines().toList());
    while (!before.isEmpty() && !after.isEmpty() && before.getFirst().equals(after.getFirst())) {
      before.removeFirst();
      after.removeFirst();
    }
    while (!before.isEmpty() && !after.isEmpty() && before.getLast().equals(after.getLast())) {
      before.removeLast();
      after.removeLast();
    }
    return of(
        AcpMessages.text(part, "path"),
        Stream.concat(
                before.stream().map(line -> "-" + line), after.stream().map(line -> "+" + line))
            .toList());
  }

  private static List<String> marked(String mark, String text) {
    return text.lines().map(line -> mark + line).toList();
  }

  private static Stream<Event> of(String path, List<String> lines) {
    if (path.isEmpty() || lines.isEmpty()) {
      return Stream.empty();
    }
    List<String> shown =
        lines.size() <= MOST
            ? lines
            : Stream.concat(
                    lines.stream().limit(MOST),
                    Stream.of("… %d lines more".formatted(lines.size() - MOST)))
                .toList();
    return Stream.of(new Event.Changes(path, count(lines, "+"), count(lines, "-"), shown));
  }

  private static int count(List<String> lines, String mark) {
    return (int)
        lines.stream()
            .filter(line -> line.startsWith(mark) && !line.startsWith(mark.repeat(3) + " "))
            .count();
  }
}
