package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Lines;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What an adapter of an agent notes beside the protocol: {@code codex-acp} ends a turn as if all
 * were well when its model failed, and says otherwise only here.
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
