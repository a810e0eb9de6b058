package conductor.handlers.agent.protocol.acp;

import tools.jackson.databind.JsonNode;

/**
 * The messages, tool calls and requests received since the last turn ended. A message continues
 * until a tool is called or another message begins; the last message is the agent's answer.
 */
final class AcpTurn {

  private final StringBuilder message = new StringBuilder();
  private String messageId = "";
  private String earlier = "";
  private String asked = "";
  private boolean goesOnSince;
  private boolean began;
  private boolean usedTools;
  private boolean broke;

  /** Returns whether this is the first call, and thereby the beginning of the turn. */
  boolean begins() {
    boolean first = !began;
    began = true;
    return first;
  }

  void says(String text, String id) {
    if (!id.equals(messageId)) {
      breakOff();
      messageId = id;
    }
    message.append(text);
    goesOnSince |= !text.isBlank();
  }

  void calls() {
    breakOff();
    usedTools = true;
    goesOnSince = true;
  }

  void asks(String request) {
    asked = request;
    goesOnSince = false;
  }

  void breaks() {
    broke = true;
  }

  boolean isBroken() {
    return broke;
  }

  /** Returns the permission request after which the agent did nothing; or an empty text. */
  String lastWord() {
    return goesOnSince ? "" : asked;
  }

  String text() {
    return message.toString().isBlank() ? earlier : message.toString();
  }

  /**
   * Returns whether the end of a turn suggests that the model was not reached: the agent ends
   * without a message and reports no tokens, or reports no usage and called no tools.
   */
  boolean isHollow(JsonNode result) {
    return message.toString().isBlank()
        && (AcpUsage.isZero(result) || (AcpUsage.isMissing(result) && !usedTools));
  }

  private void breakOff() {
    if (!message.toString().isBlank()) {
      earlier = message.toString();
    }
    message.setLength(0);
  }
}
