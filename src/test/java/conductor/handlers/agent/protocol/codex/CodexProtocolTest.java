package conductor.handlers.agent.protocol.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import conductor.handlers.agent.protocol.Brief;
import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Openings;
import conductor.handlers.agent.protocol.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no recording shows, by lines made by hand. */
class CodexProtocolTest {

  private static final String THREAD = "{\"id\":\"open\",\"result\":{\"thread\":{\"id\":\"T\"}}}";
  private static final String GREETED = "{\"id\":\"initialize\",\"result\":{}}";
  private static final Permission.Kind EXECUTE = Permission.Kind.EXECUTE;

  private final CodexProtocol protocol = new CodexProtocol();

  @Test
  void theProgramIsCalledAsAServer() {
    assertThat(protocol.words(List.of("codex", "--enable", "x"), opening(null, false)))
        .containsExactly("codex", "--enable", "x", "app-server");
    assertThat(protocol.bindsSchema()).isFalse();
  }

  @Test
  void itGreetsAndThenOpensAThread() {
    Dialogue dialogue = protocol.begin(opening(null, false));
    assertThat(dialogue.due()).singleElement().asString().contains("\"method\":\"initialize\"");
    dialogue.due().forEach(dialogue::said);
    assertThat(dialogue.due()).isEmpty();
    dialogue.heard(GREETED);
    assertThat(dialogue.due())
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"method\":\"initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"open\",\"method\":\"thread/start\",\"params\":{\"cwd\":"
                + "\"/w\",\"approvalPolicy\":\"untrusted\",\"sandbox\":\"workspace-write\"}}");
    dialogue.due().forEach(dialogue::said);
    assertThat(dialogue.due()).isEmpty();
    assertThat(dialogue.ready()).isFalse();
    assertThat(dialogue.heard(THREAD)).containsExactly(new Event.Opened("T"));
    assertThat(dialogue.ready()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"false, thread/resume", "true, thread/fork"})
  void aSessionGoesOnOrIsCopied(boolean forks, String method) {
    Dialogue dialogue =
        protocol.begin(
            Openings.resuming(
                Openings.set(Openings.at(Path.of("/w")), "read-only", "gpt", "low"),
                "T",
                forks,
                forks ? "U" : null));
    dialogue.heard(GREETED);
    assertThat(dialogue.due().getLast())
        .contains("\"method\":\"" + method + "\"")
        .contains("\"threadId\":\"T\"", "\"model\":\"gpt\"", "\"sandbox\":\"read-only\"");
    dialogue.heard(THREAD);
    assertThat(dialogue.prompt("a", "x", Optional.empty())).contains("\"effort\":\"low\"");
  }

  @Test
  void aProgramThatRefusesTheGreetingIsNotOpened() {
    assertThat(
            protocol
                .begin(opening(null, false))
                .heard("{\"id\":\"initialize\",\"error\":{\"message\":\"too old\"}}"))
        .containsExactly(new Event.Unopened(FailureKind.OTHER, "too old"));
  }

  @Test
  void aModeThatCodexDoesNotKnowIsNotTakenForALostSession() {
    assertThat(
            protocol
                .begin(opening("T", false))
                .heard("{\"id\":\"open\",\"error\":{\"message\":\"unknown variant `x`\"}}"))
        .containsExactly(new Event.Unopened(FailureKind.OTHER, "unknown variant `x`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a banner",
        "{",
        "[1]",
        "7",
        "{\"id\":\"prompt",
        "{\"method\":7}",
        "{\"method\":\"thread/surprised\",\"params\":3}",
        "{\"method\":\"item/completed\",\"params\":{\"threadId\":\"T\",\"item\":{\"type\":\"new\"}}}",
        "{\"id\":99,\"result\":null}"
      })
  void whatIsNotUnderstoodIsIgnored(String line) {
    Dialogue dialogue = opened();
    assertThat(dialogue.heard(line)).isEmpty();
    assertThat(dialogue.due()).isEmpty();
    assertThat(dialogue.ready()).isTrue();
  }

  @Test
  void aRequestThatNobodyUnderstandsIsAnsweredOnce() {
    Dialogue dialogue = opened();
    assertThat(dialogue.heard("{\"id\":\"x\",\"method\":\"item/tool/call\",\"params\":{}}"))
        .isEmpty();
    assertThat(dialogue.due())
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":"
                + "{\"code\":-32601,\"message\":\"not offered\"}}");
    dialogue.due().forEach(dialogue::said);
    assertThat(dialogue.due()).isEmpty();
  }

  @Test
  void aRequestIsAnsweredByTheIdThatItHas() {
    Dialogue dialogue = opened();
    dialogue.heard(asks("7", "\"command\":\"ls\""));
    dialogue.heard(asks("\"7\"", "\"command\":\"pwd\""));
    assertThat(dialogue.open()).extracting(Permission::what).containsExactly("ls", "pwd");
    dialogue.said(dialogue.answer(dialogue.open().getLast(), new Decision.Allow()));
    assertThat(dialogue.open())
        .containsExactly(new Permission("7", "commandExecution", EXECUTE, "ls", List.of()));
    assertThat(dialogue.answer(dialogue.open().getFirst(), new Decision.Deny("no")))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"decision\":\"decline\"}}");
  }

  @Test
  void anAddressIsFetched() {
    Dialogue dialogue = opened();
    dialogue.heard(
        asks("1", "\"networkApprovalContext\":{\"host\":\"a.org\",\"protocol\":\"https\"}"));
    assertThat(dialogue.open())
        .containsExactly(
            new Permission(
                "1", "commandExecution", Permission.Kind.FETCH, "https://a.org", List.of()));
  }

  @Test
  void aTurnIsCancelledBeforeItBeganAndWhatIsAskedIsDeclined() {
    Dialogue dialogue = opened();
    assertThat(dialogue.cancel()).isEmpty();
    dialogue.said(dialogue.prompt("a", "x", Optional.empty()));
    assertThat(dialogue.steer("b", "y")).isEmpty();
    String first =
        "{\"jsonrpc\":\"2.0\",\"id\":\"cancel:1\",\"method\":\"turn/interrupt\","
            + "\"params\":{\"threadId\":\"T\",\"turnId\":\"\"}}";
    assertThat(dialogue.cancel()).containsExactly(first);
    dialogue.said(first);
    dialogue.heard(begun("a", "U"));
    dialogue.heard(asks("1", "\"command\":\"ls\""));
    assertThat(dialogue.cancel())
        .containsExactly(
            first.replace("cancel:1", "cancel:2"),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"decision\":\"decline\"}}");
  }

  @Test
  void aPromptIsSaidOnceAndNotBesideAnother() {
    Dialogue dialogue = opened();
    String line = dialogue.prompt("a", "x", Optional.empty());
    assertThat(dialogue.hasSaid("a")).isFalse();
    dialogue.said(line);
    assertThat(dialogue.hasSaid("a")).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> dialogue.prompt("b", "x", Optional.empty()));
  }

  @Test
  void whatCodexTookAndNeverGaveToTheModelIsGivenBackEvenWhenItSaysSoLate() {
    Dialogue dialogue = opened();
    dialogue.said(dialogue.prompt("a", "x", Optional.empty()));
    dialogue.heard(begun("a", "U"));
    dialogue.said(dialogue.steer("b", "y").orElseThrow());
    assertThat(dialogue.steer("b", "y")).isEmpty();
    assertThat(Brief.of(dialogue.heard(over("U", "\"status\":\"interrupted\""))))
        .containsExactly("ended a cancelled 0+0");
    assertThat(dialogue.hasSaid("b")).isTrue();
    assertThat(dialogue.heard("{\"id\":\"steer:b\",\"result\":{\"turnId\":\"U\"}}"))
        .containsExactly(new Event.NotSteered("b"));
    assertThat(dialogue.hasSaid("b")).isFalse();
  }

  @Test
  void proseIsNoStructuredAnswer() {
    Dialogue dialogue = opened();
    dialogue.said(dialogue.prompt("a", "x", Optional.of("{\"type\":\"object\"}")));
    dialogue.heard(begun("a", "U"));
    dialogue.heard(item("completed", "U", "\"type\":\"agentMessage\",\"text\":\"Well, yes.\""));
    assertThat(Brief.of(dialogue.heard(over("U", "\"status\":\"completed\""))))
        .containsExactly("ended a 'Well, yes.'[] 0+0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dialogue.prompt("b", "x", Optional.of("no schema")))
        .withMessageContaining("no schema");
  }

  @Test
  void aPromptThatCodexRefusesIsOver() {
    Dialogue dialogue = opened();
    dialogue.said(dialogue.prompt("a", "x", Optional.empty()));
    assertThat(dialogue.ready()).isFalse();
    assertThat(
            Brief.of(dialogue.heard("{\"id\":\"prompt:a\",\"error\":{\"message\":\"too long\"}}")))
        .containsExactly("ended a REFUSED 0+0");
    assertThat(dialogue.ready()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEndThatComesBeforeTheReplyToItsPromptIsToldAfterTheBeginning(boolean given) {
    Dialogue dialogue = opened();
    dialogue.said(dialogue.prompt("a", "x", Optional.empty()));
    var events = new ArrayList<Event>();
    if (given) {
      events.addAll(
          dialogue.heard(item("completed", "U", "\"type\":\"userMessage\",\"clientId\":\"a\"")));
    }
    dialogue.heard(
        "{\"method\":\"turn/started\",\"params\":{\"threadId\":\"T\",\"turn\":{\"id\":\"U\"}}}");
    dialogue.heard(used("U", 100, 100));
    events.addAll(dialogue.heard(over("U", "\"status\":\"completed\"")));
    assertThat(events).isEmpty();
    events.addAll(dialogue.heard(begun("a", "U")));
    assertThat(Brief.of(events)).containsExactly("began a", "ended a ''[] 100+0");
    assertThat(dialogue.ready()).isTrue();
  }

  @Test
  void aTurnThatNobodyAskedForIsPaidWithTheNext() {
    Dialogue dialogue = opened();
    var events = new ArrayList<Event>();
    dialogue.heard(
        "{\"method\":\"turn/started\",\"params\":{\"threadId\":\"T\",\"turn\":{\"id\":\"V\"}}}");
    dialogue.heard(used("V", 100, 100));
    events.addAll(dialogue.heard(over("V", "\"status\":\"completed\"")));
    dialogue.said(dialogue.prompt("a", "x", Optional.empty()));
    dialogue.heard(begun("a", "U"));
    dialogue.heard(used("U", 250, 150));
    dialogue.heard(used("U", 250, 150));
    events.addAll(dialogue.heard(over("U", "\"status\":\"completed\"")));
    assertThat(Brief.of(events)).containsExactly("ended a ''[] 250+0");
  }

  @Test
  void otherToolsAreToldOf() {
    Dialogue dialogue = opened();
    var events = new ArrayList<Event>();
    String tool = "\"id\":\"1\",\"type\":\"mcpToolCall\",\"server\":\"db\",\"tool\":\"ask\",";
    events.addAll(dialogue.heard(item("started", "U", tool + "\"arguments\":{\"q\":1}")));
    events.addAll(
        dialogue.heard(
            item("completed", "U", tool + "\"status\":\"failed\",\"error\":{\"message\":\"no\"}")));
    events.addAll(
        dialogue.heard(
            item(
                "completed",
                "U",
                tool + "\"status\":\"completed\",\"result\":{\"content\":[{\"text\":\"42\"}]}")));
    String search = "\"id\":\"2\",\"type\":\"webSearch\",\"query\":\"why\"";
    events.addAll(dialogue.heard(item("started", "U", search)));
    events.addAll(dialogue.heard(item("completed", "U", search)));
    assertThat(Brief.of(events))
        .containsExactly("db.ask: {\"q\":1}", "failed no", "ok 42", "webSearch: why", "ok ");
  }

  private Dialogue opened() {
    Dialogue dialogue = protocol.begin(opening(null, false));
    dialogue.due().forEach(dialogue::said);
    dialogue.heard(GREETED);
    dialogue.due().forEach(dialogue::said);
    dialogue.heard(THREAD);
    return dialogue;
  }

  private static Opening opening(@Nullable String resumes, boolean forks) {
    return Openings.resuming(Openings.at(Path.of("/w")), resumes, forks, null);
  }

  private static String begun(String prompt, String turn) {
    return "{\"id\":\"prompt:%s\",\"result\":{\"turn\":{\"id\":\"%s\"}}}".formatted(prompt, turn);
  }

  private static String over(String turn, String how) {
    return "{\"method\":\"turn/completed\",\"params\":{\"threadId\":\"T\",\"turn\":{\"id\":\"%s\",%s}}}"
        .formatted(turn, how);
  }

  private static String asks(String id, String what) {
    return "{\"id\":%s,\"method\":\"item/commandExecution/requestApproval\",\"params\":{%s}}"
        .formatted(id, what);
  }

  private static String item(String what, String turn, String item) {
    return "{\"method\":\"item/%s\",\"params\":{\"threadId\":\"T\",\"turnId\":\"%s\",\"item\":{%s}}}"
        .formatted(what, turn, item);
  }

  private static String used(String turn, int total, int last) {
    return """
    {"method":"thread/tokenUsage/updated","params":{"threadId":"T","turnId":"%s",\
    "tokenUsage":{"total":{"inputTokens":%d},"last":{"inputTokens":%d}}}}\
    """
        .formatted(turn, total, last);
  }
}
