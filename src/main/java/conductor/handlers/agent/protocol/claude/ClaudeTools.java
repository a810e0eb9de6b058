package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.Changes;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Permission;
import conductor.handlers.agent.protocol.Permission.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Describes the calls and results of Claude Code's tools. */
final class ClaudeTools {

  private static final Set<String> READS =
      Set.of("Read", "Grep", "Glob", "LS", "NotebookRead", "TodoWrite", "TaskOutput");
  private static final Set<String> EDITS = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");
  private static final Set<String> FETCHES = Set.of("WebFetch", "WebSearch");
  private static final List<String> TELLING =
      List.of(
          "command",
          "file_path",
          "notebook_path",
          "path",
          "url",
          "query",
          "pattern",
          "description");

  private ClaudeTools() {}

  static Permission permission(String request, JsonNode asked) {
    String tool = asked.path("tool_name").asString("");
    JsonNode input = asked.path("input");
    Kind kind = kind(tool);
    String what = kind == Kind.EXECUTE ? Lines.text(input, "command") : what(input);
    return new Permission(request, tool, kind, what, paths(input));
  }

  private static Kind kind(String tool) {
    if (READS.contains(tool)) {
      return Kind.READ;
    }
    if (EDITS.contains(tool)) {
      return Kind.EDIT;
    }
    return FETCHES.contains(tool) ? Kind.FETCH : tool.equals("Bash") ? Kind.EXECUTE : Kind.OTHER;
  }

  /** Returns a call's main argument in one line, or its whole input when it has none. */
  static String what(JsonNode input) {
    return TELLING.stream()
        .filter(input::has)
        .map(member -> Lines.oneLine(input.path(member).asString("")))
        .findFirst()
        .orElseGet(() -> Lines.clipped(input.toString()));
  }

  private static List<String> paths(JsonNode input) {
    return Stream.of("file_path", "notebook_path", "path")
        .filter(input::has)
        .map(member -> input.path(member).asString(""))
        .toList();
  }

  /** Returns the events for the files that a tool changed, from its result. */
  static Stream<Event> changes(JsonNode result) {
    String path = result.path("filePath").asString("");
    List<String> lines =
        result
            .path("structuredPatch")
            .valueStream()
            .flatMap(hunk -> hunk.path("lines").valueStream())
            .map(line -> line.asString(""))
            .toList();
    if (lines.isEmpty() && result.path("type").asString("").equals("create")) {
      lines = Changes.marked("+", result.path("content").asString(""));
    }
    return Changes.of(path, lines);
  }
}
