package conductor.handlers.agent.protocol.acp;

import tools.jackson.databind.JsonNode;

/**
 * What was heard since the last turn ended. A message goes on until a tool is called or another one
 * begins; the last of them is what the agent answers.
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

  /** Returns whether this is the first that is heard of it. */
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

  /** The agent itself says that its turn has failed. */
  void breaks() {
    broke = true;
  }

  boolean isBroken() {
    return broke;
  }

  /**
   * Returns the permission that was asked for when the agent said or did something last; may be
   * empty.
   */
  String lastWord() {
    return goesOnSince ? "" : asked;
  }

  /** Returns what the agent said last. */
  String text() {
    return message.toString().isBlank() ? earlier : message.toString();
  }

  /**
   * Returns whether the end of a turn looks like a model that was never reached: the agent says
   * nothing after all that it did, and tells of no use of a model.
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
