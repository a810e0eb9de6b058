package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Lines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Composes the lines that are sent to Claude Code. */
final class ClaudeLines {

  /** Keeps a prompt from being taken for a command, which must be at the beginning of a text. */
  private static final String GUARD = "\n";

  private ClaudeLines() {}

  static String prompt(String id, String text) {
    ObjectNode line = Lines.object().put("type", "user");
    ObjectNode message = line.putObject("message").put("role", "user");
    message
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", Lines.guarded(text, GUARD));
    line.putNull("parent_tool_use_id");
    return line.put("session_id", "").put("uuid", ClaudePrompts.uuid(id)).toString();
  }

  /** Returns a control request, which begins no turn. */
  static String control(String id, String subtype) {
    ObjectNode line = Lines.object().put("type", "control_request").put("request_id", id);
    line.putObject("request").put("subtype", subtype);
    return line.toString();
  }

  static String refusal(String request) {
    ObjectNode line = Lines.object().put("type", "control_response");
    line.putObject("response")
        .put("subtype", "error")
        .put("request_id", request)
        .put("error", "not supported");
    return line.toString();
  }

  static String answer(String request, Decision decision, JsonNode input) {
    ObjectNode line = Lines.object().put("type", "control_response");
    ObjectNode response =
        line.putObject("response").put("subtype", "success").put("request_id", request);
    response.set("response", answer(decision, input));
    return line.toString();
  }

  private static ObjectNode answer(Decision decision, JsonNode input) {
    return switch (decision) {
      case Decision.Allow _ -> {
        ObjectNode allow = Lines.object().put("behavior", "allow");
        allow.set("updatedInput", input);
        yield allow;
      }
      case Decision.Deny(String reason) ->
          Lines.object().put("behavior", "deny").put("message", reason);
    };
  }
}
