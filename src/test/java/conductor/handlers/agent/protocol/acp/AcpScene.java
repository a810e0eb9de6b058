package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Openings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent of the Agent Client Protocol, by hand: its lines have single quotes for double ones. */
final class AcpScene {

  static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":\"initialize\",\"result\":{\"protocolVersion\":1}}";
  static final String SESSION =
      "{\"jsonrpc\":\"2.0\",\"id\":\"session\",\"result\":{\"sessionId\":\"s\"}}";

  private AcpScene() {}

  /** Says what is due before each line that is heard. */
  static List<Event> answers(Dialogue dialogue, String... lines) {
    var events = new ArrayList<Event>();
    for (String line : lines) {
      says(dialogue);
      events.addAll(dialogue.heard(line));
    }
    return events;
  }

  static List<String> says(Dialogue dialogue) {
    List<String> due = dialogue.due();
    due.forEach(dialogue::said);
    return due;
  }

  static Dialogue opened() {
    Dialogue dialogue = begin(opening(null, null, null));
    answers(dialogue, HELLO, SESSION);
    return dialogue;
  }

  static Dialogue begin(Opening opening) {
    return AcpProtocol.generic().begin(opening);
  }

  static Opening opening(@Nullable String mode, @Nullable String model, @Nullable String effort) {
    return Openings.set(Openings.at(Path.of("/w")), mode, model, effort);
  }

  static Opening resuming() {
    return Openings.resuming(Openings.at(Path.of("/w")), "old", false, null);
  }

  static String session(String offer) {
    return json("{'id':'session','result':{'sessionId':'s'," + offer + "}}");
  }

  static String update(String kind, String text) {
    return json(
        "{'method':'session/update','params':{'sessionId':'s','update':{'sessionUpdate':'"
            + kind
            + "','content':{'type':'text','text':'"
            + text
            + "'}}}}");
  }

  static String ends(String prompt, String reason) {
    return json("{'id':'prompt:" + prompt + "','result':{'stopReason':'" + reason + "'}}");
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }
}
