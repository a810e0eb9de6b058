package conductor.handlers.agent.protocol.acp;

import static conductor.handlers.agent.protocol.acp.AcpScene.ends;
import static conductor.handlers.agent.protocol.acp.AcpScene.json;
import static conductor.handlers.agent.protocol.acp.AcpScene.opened;
import static conductor.handlers.agent.protocol.acp.AcpScene.says;
import static conductor.handlers.agent.protocol.acp.AcpScene.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.handlers.agent.protocol.Brief;
import conductor.handlers.agent.protocol.Decision.Allow;
import conductor.handlers.agent.protocol.Decision.Deny;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Permission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What recordings lack: our own ids, and agents that are not as they should be. */
class AcpDialogueTest {

  private static final String OPTIONS =
      "[{'optionId':'ever','kind':'allow_always'},{'optionId':'yes','kind':'allow_once'},"
          + "{'optionId':'never','kind':'reject_always'},{'optionId':'no','kind':'reject_once'}]";

  private final Dialogue open = opened();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Loaded cached credentials.",
        "{torn",
        "[{\"jsonrpc\":\"2.0\",\"id\":\"session\",\"result\":{}}]",
        "null",
        "{\"id\":null,\"result\":{}}",
        "{\"id\":77,\"result\":{}}",
        "{\"method\":\"session/update\"}",
        "{\"method\":\"session/update\",\"params\":{\"sessionId\":\"s\",\"update\":7}}",
        "{\"method\":\"_auth/status_update\",\"params\":{}}"
      })
  void whatIsNotUnderstoodIsIgnored(String line) {
    assertThat(open.heard(line)).isEmpty();
    assertThat(open.ready()).isTrue();
    assertThat(open.due()).isEmpty();
  }

  @Test
  void brokenCharactersInALineAreKept() {
    open.said(open.prompt("p", "x", Optional.empty()));
    byte[] broken = update("agent_message_chunk", "aXb").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < broken.length; i++) {
      if (broken[i] == 'X') {
        broken[i] = (byte) 0xff;
      }
    }
    assertThat(Brief.of(open.heard(new String(broken, StandardCharsets.UTF_8))))
        .containsExactly("began p", "says a�b");
  }

  @Test
  void requestsThatNobodyKnowsAreRefusedOnce() {
    open.heard(json("{'id':4,'method':'fs/write_text_file','params':{}}"));
    open.heard(json("{'id':'four','method':'terminal/create','params':{}}"));
    assertThat(open.due())
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":-32601,\"message\":\"Method not"
                + " found: fs/write_text_file\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"four\",\"error\":{\"code\":-32601,\"message\":\"Method"
                + " not found: terminal/create\"}}");
    says(open);
    assertThat(open.due()).isEmpty();
  }

  @Test
  void permissionsAreGivenAndRefusedForThisOnce() {
    open.said(open.prompt("p", "x", Optional.empty()));
    assertThat(Brief.of(open.heard(asks("1", OPTIONS))))
        .containsExactly("began p", "execute: git push", "asks 1 EXECUTE: git push");
    assertThat(Brief.of(open.heard(asks("'1'", OPTIONS))))
        .containsExactly("asks \"1\" EXECUTE: git push");
    Permission number = open.open().getFirst();
    Permission text = open.open().getLast();
    assertThat(open.answer(number, new Allow()))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"outcome\":"
                + "{\"outcome\":\"selected\",\"optionId\":\"yes\"}}}");
    assertThat(open.answer(text, new Deny("no"))).contains("\"id\":\"1\"", "\"optionId\":\"no\"");
    open.said(open.answer(number, new Allow()));
    assertThat(open.open()).containsExactly(text);
  }

  @Test
  void aPermissionWithoutSuchAnOptionIsWithdrawn() {
    open.heard(asks("1", "[{'optionId':'ever','kind':'allow_always'}]"));
    Permission asked = open.open().getFirst();
    assertThat(List.of(open.answer(asked, new Allow()), open.answer(asked, new Deny("no"))))
        .allSatisfy(line -> assertThat(line).contains("{\"outcome\":\"cancelled\"}"));
    var stranger = new Permission("9", "t", Permission.Kind.OTHER, "w", List.of());
    assertThatThrownBy(() -> open.answer(stranger, new Allow()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cancellingAnswersWhatIsOpenFirstAndWhatComesLaterToo() {
    assertThat(open.cancel()).isEmpty();
    open.said(open.prompt("p", "x", Optional.empty()));
    assertThat(open.ready()).isFalse();
    open.heard(asks("1", OPTIONS));
    List<String> lines = open.cancel();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("\"id\":1", "{\"outcome\":\"cancelled\"}");
    assertThat(lines.getLast())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"session/cancel\",\"params\":{\"sessionId\":\"s\"}}");
    lines.forEach(open::said);
    open.heard(asks("2", OPTIONS));
    assertThat(open.open()).isEmpty();
    assertThat(open.due()).hasSize(1).first().asString().contains("\"id\":2", "cancelled");
    assertThat(Brief.of(open.heard(ends("p", "cancelled"))))
        .containsExactly("settled 2", "ended p cancelled 0+0");
    assertThat(open.ready()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "refusal, REFUSED",
    "max_tokens, CONTEXT_FULL",
    "max_turn_requests, OTHER",
    "brand_new, OTHER",
    "cancelled, cancelled",
    "end_turn, says"
  })
  void whyATurnStopsIsHowItEnds(String reason, String end) {
    open.said(open.prompt("p", "x", Optional.empty()));
    open.heard(update("agent_message_chunk", "hel"));
    open.heard(update("agent_message_chunk", "lo"));
    String expected = end.equals("says") ? "'hello'[]" : end;
    assertThat(Brief.of(open.heard(ends("p", reason))))
        .containsExactly("ended p " + expected + " 0+0");
  }

  @Test
  void aPromptIsSaidByAnIdOfItsOwnAndNeverSteered() {
    String line = open.prompt("p-1", "a \"b\"\n", Optional.of("{}"));
    assertThat(line)
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"prompt:p-1\",\"method\":\"session/prompt\",\"params\":"
                + "{\"sessionId\":\"s\",\"prompt\":"
                + "[{\"type\":\"text\",\"text\":\"a \\\"b\\\"\\n\"}]}}");
    assertThat(open.hasSaid("p-1")).isFalse();
    open.said(line);
    assertThat(open.hasSaid("p-1")).isTrue();
    assertThat(open.steer("p-2", "more")).isEmpty();
  }

  @Test
  void anAnswerThatIsRepeatedEndsNothingTwice() {
    open.said(open.prompt("p", "x", Optional.empty()));
    open.heard(update("agent_message_chunk", "a"));
    assertThat(open.heard(ends("p", "end_turn"))).hasSize(1);
    assertThat(open.heard(ends("p", "end_turn"))).isEmpty();
  }

  private static String asks(String id, String options) {
    return json(
        "{'id':"
            + id
            + ",'method':'session/request_permission','params':{'sessionId':'s','toolCall':"
            + "{'toolCallId':'t','kind':'execute','title':'Run','rawInput':{'command':'git push'}},"
            + "'options':"
            + options
            + "}}");
  }
}
