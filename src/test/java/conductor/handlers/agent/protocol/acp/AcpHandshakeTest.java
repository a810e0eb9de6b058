package conductor.handlers.agent.protocol.acp;

import static conductor.handlers.agent.protocol.acp.AcpScene.HELLO;
import static conductor.handlers.agent.protocol.acp.AcpScene.SESSION;
import static conductor.handlers.agent.protocol.acp.AcpScene.answers;
import static conductor.handlers.agent.protocol.acp.AcpScene.begin;
import static conductor.handlers.agent.protocol.acp.AcpScene.ends;
import static conductor.handlers.agent.protocol.acp.AcpScene.json;
import static conductor.handlers.agent.protocol.acp.AcpScene.opening;
import static conductor.handlers.agent.protocol.acp.AcpScene.resuming;
import static conductor.handlers.agent.protocol.acp.AcpScene.says;
import static conductor.handlers.agent.protocol.acp.AcpScene.session;
import static conductor.handlers.agent.protocol.acp.AcpScene.update;
import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.Brief;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a session comes to take prompts, by our own ids, and why it does not. */
class AcpHandshakeTest {

  @Test
  void greetsAndOpensASessionAndIsReady() {
    Dialogue dialogue = begin(opening(null, null, null));
    assertThat(says(dialogue))
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"id\":\"initialize\",\"method\":\"initialize\",\"params\":"
                + "{\"protocolVersion\":1,\"clientCapabilities\":{}}}");
    assertThat(dialogue.due()).isEmpty();
    assertThat(dialogue.heard(HELLO)).isEmpty();
    assertThat(says(dialogue))
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"id\":\"session\",\"method\":\"session/new\",\"params\":"
                + "{\"cwd\":\"/w\",\"mcpServers\":[]}}");
    assertThat(dialogue.ready()).isFalse();
    assertThat(dialogue.heard(SESSION)).containsExactly(new Event.Opened("s"));
    assertThat(dialogue.ready()).isTrue();
    assertThat(dialogue.due()).isEmpty();
  }

  @Test
  void setsModeAndModelAndEffortInTheWayTheAgentOffers() {
    String older =
        "'modes':{'availableModes':[{'id':'plan'}]},'models':{'availableModels':[{'modelId':'m'}]}";
    String newer =
        "'configOptions':[{'id':'c1','category':'mode','options':[{'value':'plan'}]},"
            + "{'id':'c2','category':'model','options':[{'group':'g','options':[{'value':'m'}]}]},"
            + "{'id':'c3','category':'thought_level','options':[{'value':'high'}]}]";
    assertThat(settings(opening("plan", "m", null), older))
        .containsExactly(
            "session/set_mode {\"sessionId\":\"s\",\"modeId\":\"plan\"}",
            "session/set_model {\"sessionId\":\"s\",\"modelId\":\"m\"}",
            "opened");
    assertThat(settings(opening("plan", "other", "high"), newer))
        .containsExactly(
            "session/set_config_option"
                + " {\"sessionId\":\"s\",\"value\":\"plan\",\"configId\":\"c1\"}",
            "session/set_config_option"
                + " {\"sessionId\":\"s\",\"value\":\"other\",\"configId\":\"c2\"}",
            "session/set_config_option"
                + " {\"sessionId\":\"s\",\"value\":\"high\",\"configId\":\"c3\"}",
            "opened");
  }

  @Test
  void aModeThatIsNotOfferedOpensNothing() {
    Dialogue dialogue = begin(opening("yolo", null, null));
    assertThat(answers(dialogue, HELLO, session("'modes':{'availableModes':[{'id':'plan'}]}")))
        .containsExactly(
            new Event.Unopened(
                FailureKind.REFUSED, "the agent offers no mode 'yolo'; it offers plan"));
    assertThat(dialogue.ready()).isFalse();
    assertThat(dialogue.due()).isEmpty();
  }

  @Test
  void aModeThatIsRefusedOpensNothing() {
    Dialogue dialogue = begin(opening("yolo", null, null));
    List<Event> events =
        answers(
            dialogue,
            HELLO,
            session("'modes':{'availableModes':[{'id':'yolo'}]}"),
            json(
                "{'id':'mode','error':{'code':-32603,'message':'Internal error','data':"
                    + "{'details':'Cannot enable privileged approval modes'}}}"));
    assertThat(events)
        .containsExactly(
            new Event.Unopened(
                FailureKind.REFUSED,
                "mode 'yolo': Internal error: Cannot enable privileged approval modes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-32000 | Authentication required | | NOT_LOGGED_IN",
        "-32603 | Internal error | Invalid session identifier | SESSION_GONE",
        "-32603 | Internal error: OpenCode service failure | | SESSION_GONE",
        "429 | Rate limit exceeded. Try again later. | | RATE_LIMITED"
      })
  void aSessionThatCannotBeTakenUpSaysWhy(
      int code, String message, @Nullable String details, FailureKind trouble) {
    Dialogue dialogue = begin(resuming());
    String data = details == null ? "" : ",'data':{'details':'" + details + "'}";
    List<Event> events =
        answers(
            dialogue,
            json(
                "{'id':'initialize','result':{'protocolVersion':1,'agentCapabilities':"
                    + "{'loadSession':true}}}"),
            json(
                "{'id':'session','error':{'code':"
                    + code
                    + ",'message':'"
                    + message
                    + "'"
                    + data
                    + "}}"));
    assertThat(Brief.of(events)).containsExactly("unopened " + trouble);
    assertThat(dialogue.ready()).isFalse();
  }

  /** In the order in which gemini says it: most of the history after the answer. */
  @Test
  void theHistoryOfALoadedSessionIsNobodysTurn() {
    Dialogue dialogue = begin(resuming());
    assertThat(says(dialogue)).hasSize(1);
    dialogue.heard(
        json(
            "{'id':'initialize','result':{'protocolVersion':1,'agentCapabilities':"
                + "{'loadSession':true}}}"));
    assertThat(says(dialogue).getFirst()).contains("session/load", "\"sessionId\":\"old\"");
    var events = new ArrayList<Event>();
    events.addAll(dialogue.heard(update("user_message_chunk", "[[say:before]]")));
    events.addAll(dialogue.heard(json("{'id':'session','result':{}}")));
    assertThat(says(dialogue).getFirst()).contains("history:0");
    events.addAll(dialogue.heard(update("agent_message_chunk", "before")));
    events.addAll(dialogue.heard(json("{'id':'history:0','error':{'code':-32601}}")));
    assertThat(dialogue.ready()).isFalse();
    assertThat(says(dialogue).getFirst()).contains("history:1");
    events.addAll(dialogue.heard(json("{'id':'history:1','error':{'code':-32601}}")));
    assertThat(events).containsExactly(new Event.Opened("old"));
    assertThat(dialogue.ready()).isTrue();
    dialogue.said(dialogue.prompt("p", "go on", Optional.empty()));
    dialogue.heard(update("agent_message_chunk", "after").replace("\"s\"", "\"old\""));
    assertThat(Brief.of(dialogue.heard(ends("p", "end_turn"))))
        .containsExactly("ended p 'after'[] 0+0");
  }

  @ParameterizedTest
  @CsvSource({"resume, session/resume", "list, session/load"})
  void aSessionIsResumedWithoutItsHistoryWhereThatIsOffered(String capability, String method) {
    Dialogue dialogue = begin(resuming());
    says(dialogue);
    dialogue.heard(
        json(
            "{'id':'initialize','result':{'protocolVersion':1,'agentCapabilities':"
                + "{'loadSession':true,'sessionCapabilities':{'"
                + capability
                + "':{}}}}}"));
    assertThat(says(dialogue).getFirst()).contains("\"" + method + "\"");
  }

  @Test
  void anotherVersionOpensNothing() {
    assertThat(
            answers(
                begin(opening(null, null, null)),
                json("{'id':'initialize','result':{'protocolVersion':2}}")))
        .containsExactly(
            new Event.Unopened(
                FailureKind.TOO_OLD,
                "it speaks version 2 of the Agent Client Protocol, 1 is needed; update it"));
  }

  private static List<String> settings(Opening opening, String offer) {
    Dialogue dialogue = begin(opening);
    var told = new ArrayList<String>();
    says(dialogue);
    dialogue.heard(HELLO);
    says(dialogue);
    dialogue.heard(session(offer));
    for (List<String> due = says(dialogue); !due.isEmpty(); due = says(dialogue)) {
      var request = Lines.parse(due.getFirst()).orElseThrow();
      told.add(Lines.text(request, "method") + " " + request.path("params"));
      told.addAll(Brief.of(dialogue.heard("{\"id\":" + request.path("id") + ",\"result\":{}}")));
    }
    return told;
  }
}
