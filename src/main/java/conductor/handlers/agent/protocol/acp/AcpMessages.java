package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.JsonRpc;
import tools.jackson.databind.node.ObjectNode;

/** Composes the messages that need no decision beside their arguments. */
final class AcpMessages {

  private AcpMessages() {}

  static String cancels(String session) {
    ObjectNode notification = JsonRpc.message().put("method", "session/cancel");
    notification.putObject("params").put("sessionId", session);
    return notification.toString();
  }

  static String selects(String id, String option) {
    ObjectNode answer = JsonRpc.answer(id);
    outcome(answer, "selected").put("optionId", option);
    return answer.toString();
  }

  static String withdraws(String id) {
    ObjectNode answer = JsonRpc.answer(id);
    outcome(answer, "cancelled");
    return answer.toString();
  }

  private static ObjectNode outcome(ObjectNode answer, String outcome) {
    return answer.putObject("result").putObject("outcome").put("outcome", outcome);
  }
}
