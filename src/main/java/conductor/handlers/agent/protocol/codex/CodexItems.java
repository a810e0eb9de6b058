package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Changes;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.ShellWord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Converts items of a thread to events: calls of tools, their results and changes of files. */
final class CodexItems {

  static final String PROMPT = "userMessage";
  static final String COMMAND = "commandExecution";
  static final String CHANGE = "fileChange";

  private CodexItems() {}

  /** Returns the beginning of a tool call; empty for messages, thoughts and unknown items. */
  static Optional<Event> begins(JsonNode item) {
    return what(item)
        .map(
            what -> new Event.Calls(item.path("id").asString(""), tool(item), Lines.clipped(what)));
  }

  static Optional<Event> ends(JsonNode item) {
    return what(item)
        .map(what ->
            new Event.Returns(
                item.path("id").asString(""), succeeded(item), Lines.clipped(output(item))));
  }

  /** Returns the command of an item or a request, without the call of the shell around it. */
  static String command(JsonNode node) {
    return ShellWord.unwrapped(node.path("command").asString(""));
  }

  /** Returns the paths of the files that an item changes, including targets of moves. */
  static List<String> paths(JsonNode item) {
    return item.path("changes").values().stream()
        .flatMap(change ->
            Stream.of(change.path("path"), change.path("kind").path("move_path"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString))
        .toList();
  }

  private static Optional<String> what(JsonNode item) {
    return Optional.ofNullable(
        switch (item.path("type").asString("")) {
          case COMMAND -> Lines.oneLine(command(item));
          case CHANGE -> String.join(", ", paths(item));
          case "mcpToolCall" -> item.path("arguments").toString();
          case "webSearch" -> Lines.oneLine(item.path("query").asString(""));
          case "collabAgentToolCall" -> Lines.oneLine(item.path("prompt").asString(""));
          default -> null;
        });
  }

  private static String tool(JsonNode item) {
    return switch (item.path("type").asString("")) {
      case "mcpToolCall" -> item.path("server").asString("") + "." + item.path("tool").asString("");
      case "collabAgentToolCall" -> item.path("tool").asString("");
      case String type -> type;
    };
  }

  /** An item without a status, such as a web search, counts as successful. */
  static boolean succeeded(JsonNode item) {
    return item.path("status").asString("completed").equals("completed")
        && item.path("exitCode").asInt(0) == 0;
  }

  private static String output(JsonNode item) {
    return switch (item.path("type").asString("")) {
      case COMMAND -> item.path("aggregatedOutput").asString("");
      case "mcpToolCall" -> result(item);
      default -> "";
    };
  }

  private static String result(JsonNode item) {
    String error = item.path("error").path("message").asString("");
    return error.isEmpty()
        ? item.path("result").path("content").values().stream()
            .map(content -> content.path("text").asString(""))
            .collect(Collectors.joining("\n"))
        : error;
  }

  /** Returns a change: the text of a new or deleted file, or else the diff. */
  static Stream<Event> change(JsonNode change) {
    String diff = change.path("diff").asString("");
    List<String> lines =
        switch (change.path("kind").path("type").asString("")) {
          case "add" -> Changes.marked("+", diff);
          case "delete" -> Changes.marked("-", diff);
          default -> diff.lines().toList();
        };
    return Changes.of(change.path("path").asString(""), lines);
  }
}
