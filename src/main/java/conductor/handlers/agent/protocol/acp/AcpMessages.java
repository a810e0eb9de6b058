package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Lines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Composes messages of JSON-RPC 2.0 and reads their ids. */
final class AcpMessages {

  private static final int NO_SUCH_METHOD = -32601;

  private AcpMessages() {}

  static String request(String id, String method, ObjectNode params) {
    ObjectNode request = message().put("id", id).put("method", method);
    return request.set("params", params).toString();
  }

  static String cancels(String session) {
    ObjectNode notification = message().put("method", "session/cancel");
    notification.putObject("params").put("sessionId", session);
    return notification.toString();
  }

  static String unknown(String id, String method) {
    ObjectNode answer = answer(id);
    answer
        .putObject("error")
        .put("code", NO_SUCH_METHOD)
        .put("message", "Method not found: " + method);
    return answer.toString();
  }

  static String selects(String id, String option) {
    ObjectNode answer = answer(id);
    outcome(answer, "selected").put("optionId", option);
    return answer.toString();
  }

  static String withdraws(String id) {
    ObjectNode answer = answer(id);
    outcome(answer, "cancelled");
    return answer.toString();
  }

  /**
   * Returns the id of a message as JSON text, so that 1 and "1" differ; an empty text when there is
   * none.
   */
  static String id(JsonNode message) {
    JsonNode id = message.path("id");
    return id.isString() || id.isNumber() ? id.toString() : "";
  }

  private static ObjectNode outcome(ObjectNode answer, String outcome) {
    return answer.putObject("result").putObject("outcome").put("outcome", outcome);
  }

  private static ObjectNode answer(String id) {
    ObjectNode answer = message();
    answer.set("id", Lines.value(id).orElseThrow());
    return answer;
  }

  private static ObjectNode message() {
    return Lines.object().put("jsonrpc", "2.0");
  }
}
