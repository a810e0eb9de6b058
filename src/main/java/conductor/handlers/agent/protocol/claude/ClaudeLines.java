package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.PlainText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines that are said to Claude Code. */
final class ClaudeLines {

  /** A command begins where the text does. */
  private static final String GUARD = "\n";

  private ClaudeLines() {}

  static String prompt(String id, String text) {
    ObjectNode line = Lines.object().put("type", "user");
    ObjectNode message = line.putObject("message").put("role", "user");
    message
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", PlainText.of(text, GUARD));
    line.putNull("parent_tool_use_id");
    return line.put("session_id", "").put("uuid", ClaudePrompts.uuid(id)).toString();
  }

  /** Asks for something that is no turn. */
  static String control(String id, String subtype) {
    ObjectNode line = Lines.object().put("type", "control_request").put("request_id", id);
    line.putObject("request").put("subtype", subtype);
    return line.toString();
  }

  /** Answers what is asked of a client that offers nothing. */
  static String refusal(String request) {
    ObjectNode line = Lines.object().put("type", "control_response");
    line.putObject("response")
        .put("subtype", "error")
        .put("request_id", request)
        .put("error", "not supported");
    return line.toString();
  }

  /**
   * Answers a permission.
   *
   * @param input what the tool is to be called with
   */
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
