package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Lines;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads notes that an adapter sends outside the protocol: {@code codex-acp} ends a turn as a
 * success when its model failed, and reports the failure only here.
 */
final class AcpNotes {

  private AcpNotes() {}

  static List<Event> heard(JsonNode update, AcpTurn turn) {
    JsonNode codex = update.path("_meta").path("codex");
    if (Lines.text(codex.path("threadStatus"), "type").equals("systemError")) {
      turn.breaks();
    }
    JsonNode error = codex.path("error");
    return error.path("willRetry").asBoolean(false)
        ? List.of(new Event.Waits(why(error), null))
        : List.of();
  }

  private static String why(JsonNode error) {
    String details = Lines.text(error, "additionalDetails");
    return Lines.text(error, "message") + (details.isEmpty() ? "" : ": " + details);
  }
}
