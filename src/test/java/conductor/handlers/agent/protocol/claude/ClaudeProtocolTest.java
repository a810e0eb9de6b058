package conductor.handlers.agent.protocol.claude;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Openings;
import conductor.handlers.agent.protocol.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Claude Code's side of a conversation, as it was recorded. */
class ClaudeProtocolTest {

  private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");
  private static final Opening OPENING = Openings.at(Path.of("/repo"));

  private static List<String> lines(String file) throws Exception {
    return Files.readAllLines(TRANSCRIPTS.resolve(file));
  }

  private static List<Event> heard(Dialogue dialogue, List<String> lines) {
    return lines.stream().flatMap(line -> dialogue.heard(line).stream()).toList();
  }

  private static Dialogue begun() {
    return new ClaudeProtocol().begin(OPENING);
  }

  private static String brief(Event event) {
    return switch (event) {
      case Event.Opened _ -> "opened";
      case Event.Unopened(var trouble, var _) -> "unopened " + trouble;
      case Event.Began(var prompts) -> "began " + prompts;
      case Event.Says(var text) -> "says " + text.strip();
      case Event.Calls(var _, var tool, var what) -> "calls " + tool + " " + what;
      case Event.Returns(var _, var ok, var _) -> "returns " + ok;
      case Event.Asks(var permission) -> "asks " + permission.kind() + " " + permission.what();
      case Event.Settled _ -> "settled";
      case Event.Changes(String path, int added, int removed, var diff) ->
          "%s +%d -%d".formatted(path, added, removed);
      case Event.Unread(String about, boolean missed) -> "unread " + about;
      case Event.NotSteered(var prompt) -> "not steered " + prompt;
      case Event.Waits(var why, var _) -> "waits " + why;
      case Event.Ended(var prompts, var end, var usage) ->
          "ended %s %s %d/%d"
              .formatted(
                  prompts,
                  end.getClass().getSimpleName(),
                  usage.inputTokens(),
                  usage.outputTokens());
    };
  }

  @Test
  void theRecordedConversationIsTold() throws Exception {
    List<Event> events = heard(begun(), lines("claude.out.ndjson"));

    assertThat(events.stream().map(ClaudeProtocolTest::brief))
        .containsSubsequence(
            "opened",
            "says warm",
            "calls Bash touch /repo/k6/k; echo ran >> /repo/k6/turns.log",
            "asks EXECUTE touch /repo/k6/k; echo ran >> /repo/k6/turns.log",
            "returns true",
            "says N1-final",
            "returns false",
            "says N3-after-deny");
    assertThat(events).filteredOn(Event.Opened.class::isInstance).hasSize(1);
  }

  @Test
  void usageAndCostAreDifferences() throws Exception {
    List<Usage> usages =
        heard(begun(), lines("claude.out.ndjson")).stream()
            .filter(Event.Ended.class::isInstance)
            .map(event -> ((Event.Ended) event).usage())
            .toList();

    assertThat(usages.get(0).inputTokens()).isEqualTo(2400);
    assertThat(usages.get(1).inputTokens()).isEqualTo(2400);
    assertThat(usages.get(0).costUsd()).isEqualTo(0.01212);
    double sum = usages.stream().mapToDouble(Usage::costUsd).sum();
    assertThat(sum).isCloseTo(0.109386, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void whatWasHeardBeforeAndWhatComesLiveMakeTheSameState() throws Exception {
    List<String> said =
        lines("claude.in.ndjson").stream()
            .filter(line -> line.endsWith("\t"))
            .map(String::strip)
            .toList();
    List<String> out = lines("claude.out.ndjson");
    Dialogue whole = begun();
    said.forEach(whole::said);
    List<Event> events = heard(whole, out);

    for (int split : IntStream.rangeClosed(0, out.size()).toArray()) {
      Dialogue taken = begun();
      said.forEach(taken::said);
      var both = new ArrayList<Event>(heard(taken, out.subList(0, split)));
      both.addAll(heard(taken, out.subList(split, out.size())));
      assertThat(both).isEqualTo(events);
      assertThat(taken.open()).isEqualTo(whole.open()).isEmpty();
    }
  }

  @Test
  void aPermissionThatNobodyAnsweredIsOpen() throws Exception {
    Dialogue dialogue = begun();
    heard(dialogue, lines("claude.out.ndjson").subList(0, 19));

    assertThat(dialogue.open())
        .singleElement()
        .satisfies(permission -> {
          assertThat(permission.tool()).isEqualTo("Bash");
          assertThat(dialogue.answer(permission, new Decision.Allow()))
              .contains("\"behavior\":\"allow\"", "\"updatedInput\":{\"command\":\"touch");
          dialogue.said(dialogue.answer(permission, new Decision.Deny("no")));
        });
    assertThat(dialogue.open()).isEmpty();
  }

  @Test
  void failuresAreToldApart() throws Exception {
    assertThat(trouble("claude-http529.ndjson")).isEqualTo(FailureKind.OVERLOADED);
    assertThat(trouble("claude-http401.ndjson")).isEqualTo(FailureKind.NOT_LOGGED_IN);
  }

  private static FailureKind trouble(String file) throws Exception {
    return heard(begun(), lines(file)).stream()
        .filter(Event.Ended.class::isInstance)
        .map(event -> ((End.Failed) ((Event.Ended) event).end()).trouble())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPromptIsKnownByTheMessageThatCarriesIt() {
    Dialogue dialogue = begun();
    assertThat(dialogue.due()).singleElement().asString().contains("initialize");
    dialogue.due().forEach(dialogue::said);
    assertThat(dialogue.ready()).isFalse();
    dialogue.heard(
        "{\"type\":\"control_response\",\"response\":{\"request_id\":\"conductor-greets\"}}");
    assertThat(dialogue.ready()).isTrue();

    String line = dialogue.prompt("12.3", "do it", Optional.empty());
    dialogue.said(line);

    assertThat(dialogue.hasSaid("12.3")).isTrue();
    assertThat(dialogue.hasSaid("12.4")).isFalse();
    assertThat(dialogue.steer("13.1", "more")).isEmpty();
    String uuid = ClaudePrompts.uuid("12.3");
    assertThat(dialogue.heard("{\"type\":\"user\",\"uuid\":\"%s\"}".formatted(uuid)))
        .containsExactly(new Event.Began(List.of("12.3")));
    assertThat(dialogue.steer("13.1", "more")).isPresent();
  }

  @Test
  void aCancelThatCameBeforeTheTurnBeganIsSaidAgain() {
    Dialogue dialogue = begun();
    dialogue.due().forEach(dialogue::said);
    dialogue.said(dialogue.prompt("1.1", "do it", Optional.empty()));
    dialogue.cancel().forEach(dialogue::said);
    String uuid = ClaudePrompts.uuid("1.1");
    dialogue.heard(
        "{\"type\":\"control_response\",\"response\":{\"request_id\":\"conductor-cancels-1\",\"response\":{\"still_queued\":[\"%s\"]}}}"
            .formatted(uuid));
    assertThat(dialogue.due()).isEmpty();

    dialogue.heard("{\"type\":\"user\",\"uuid\":\"%s\"}".formatted(uuid));

    assertThat(dialogue.due()).singleElement().asString().contains("conductor-cancels-2");
  }

  @Test
  void bannersAndBrokenLinesAreIgnored() {
    for (String line : List.of("", "Welcome!", "{\"type\":", "[1]", "null", "{\"type\":7}")) {
      assertThat(begun().heard(line)).isEmpty();
    }
  }
}
