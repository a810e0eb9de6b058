package conductor.handlers.agent.protocol.acp;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.Brief;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Openings;
import conductor.handlers.agent.protocol.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Agents on a scripted model, recorded in both directions: gemini 0.61.0, opencode 1.18.33, and the
 * adapters claude-agent-acp 0.101.0 and codex-acp 2.6.0. Their client numbered its requests.
 */
class AcpRecordingsTest {

  private static final String LATE = "ses_dfd086a6affe9LyQ2MQ0VOPfLt";

  @Test
  void geminiAsksAndAnswersAndCountsTokens() throws IOException {
    assertThat(told("gemini-basic"))
        .containsExactly(
            "opened",
            "began 3",
            "edit: /w/acp-gemini.txt",
            "asks 0 EDIT: /w/acp-gemini.txt",
            "settled 0",
            "ok ",
            "/w/acp-gemini.txt +1 -0",
            "execute: touch /w/touched-gemini; git status --short",
            "asks 1 EXECUTE: touch /w/touched-gemini; git status --short",
            "settled 1",
            "ok ",
            "says DONE after 2 tool results",
            "ended 3 'DONE after 2 tool results'[] 3000+150",
            "began 4",
            "says quick",
            "ended 4 'quick'[] 1000+50",
            "says [MODE_UPDATE] plan");
  }

  @Test
  void geminiGoesOnAfterADenial() throws IOException {
    assertThat(told("gemini-deny"))
        .endsWith(
            "says DONE after 2 tool results",
            "ended 3 'DONE after 2 tool results'"
                + "[/w/denied-gemini.txt, touch /w/deniedtouch-gemini] 3000+150");
  }

  @Test
  void geminiIsCancelledAndGoesOn() throws IOException {
    assertThat(told("gemini-cancel"))
        .containsExactly(
            "opened",
            "began 3",
            "ended 3 cancelled 0+0",
            "began 4",
            "execute: touch x; sleep 30",
            "asks 0 EXECUTE: touch x; sleep 30",
            "settled 0",
            "ok Command cancelled by user.",
            "ended 4 cancelled 0+0",
            "began 5",
            "execute: touch /w/pc-gemini",
            "asks 1 EXECUTE: touch /w/pc-gemini",
            "settled 1",
            "ended 5 cancelled 0+0",
            "began 6",
            "says after cancel fine",
            "ended 6 'after cancel fine'[] 1000+50");
  }

  @Test
  void opencodeAsksForAFileToBeWrittenThatNobodyOfferedToWrite() throws IOException {
    assertThat(told("opencode-basic"))
        .containsExactly(
            "opened",
            "began 3",
            "edit: /w/acp-opencode.txt",
            "asks 0 EDIT: /w/acp-opencode.txt",
            "settled 0",
            "ok Wrote file successfully.",
            "/w/acp-opencode.txt +1 -0",
            "execute: touch /w/touched-opencode; git status --short",
            "asks 2 EXECUTE: touch /w/touched-opencode; git status --short",
            "settled 2",
            "ok ?? acp-opencode.txt ⏎ ?? touched-opencode ⏎ ?? x",
            "says DONE after 2 tool results",
            "ended 3 'DONE after 2 tool results'[] 1000+50",
            "began 4",
            "says quick",
            "ended 4 'quick'[] 1000+50");
  }

  @Test
  void aDenialThatEndsATurnIsAFailure() throws IOException {
    assertThat(told("opencode-deny")).endsWith("ended 3 DENIED 1000+50");
    assertThat(told("codex-acp-deny")).endsWith("failed ", "ended 4 DENIED 1400+100");
  }

  @Test
  void theCostOfASessionIsSharedOutAmongItsTurns() throws IOException {
    assertThat(costs("opencode-basic")).containsExactly(0.0033, 0.0011);
    assertThat(costs("claude-acp-basic")).containsExactly(0.02424, 0.01212);
    assertThat(costs("gemini-basic")).containsExactly(null, null);
  }

  @Test
  void whatAResumedSessionHadCostBeforeIsNotOfItsFirstTurn() throws IOException {
    assertThat(costs("opencode-resume")).containsExactly((Double) null);
    assertThat(told("opencode-resume"))
        .containsExactly("opened", "began 3", "says loaded ok", "ended 3 'loaded ok'[] 1000+50");
  }

  @Test
  void aWarningIsNotPartOfTheAnswer() throws IOException {
    assertThat(told("codex-acp-basic"))
        .endsWith("says quick", "ended 5 'quick'[] 700+50")
        .contains("ended 4 'DONE after 2 tool results'[] 2100+150");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-http, REFUSED NOT_LOGGED_IN cancelled",
    "opencode-http, cancelled cancelled cancelled",
    "claude-acp-http, REFUSED cancelled OVERLOADED",
    "codex-acp-http, OTHER NOT_LOGGED_IN OVERLOADED"
  })
  void httpErrorsAreToldApart(String name, String ends) throws IOException {
    assertThat(told(name).stream().filter(event -> event.startsWith("ended")))
        .extracting(event -> event.split(" ")[2])
        .containsExactly(ends.split(" "));
  }

  /** The same agent, had nobody cancelled its turns. */
  @Test
  void aTurnThatEndsWithoutAnythingHasFailed() throws IOException {
    Recording recording = Recording.read("acp/opencode-http.txt");
    var uncancelled =
        new Recording(
            recording.lines().stream()
                .filter(line -> !line.text().contains("session/cancel"))
                .toList());
    assertThat(Brief.of(uncancelled.live(begin("opencode-http")).events()))
        .containsExactly(
            "opened",
            "began 3",
            "ended 3 OTHER 0+0",
            "began 4",
            "ended 4 OTHER 0+0",
            "began 5",
            "ended 5 OTHER 0+0");
  }

  @Test
  void anAdapterThatTriesAgainIsSaidToWait() throws IOException {
    assertThat(told("codex-acp-http"))
        .contains(
            "waits Reconnecting... 1/1: unexpected status 529 <unknown status code>: scripted,"
                + " url: http://model/v1/responses");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-basic",
    "gemini-cancel",
    "gemini-deny",
    "gemini-http",
    "opencode-adopted",
    "opencode-basic",
    "opencode-cancel",
    "opencode-deny",
    "opencode-http",
    "opencode-resume",
    "claude-acp-basic",
    "claude-acp-deny",
    "claude-acp-http",
    "codex-acp-basic",
    "codex-acp-deny",
    "codex-acp-http"
  })
  void whoeverTakesItUpAnywhereComesToTheSame(String name) throws IOException {
    Recording recording = Recording.read("acp/" + name + ".txt");
    List<Event> all = recording.live(begin(name)).events();
    assertThat(all).hasSizeGreaterThan(3);
    for (int cut = 0; cut <= recording.lines().size(); cut++) {
      Recording.Retold live = recording.first(cut).live(begin(name));
      Recording.Retold takenUp = recording.first(cut).takenUp(begin(name));
      assertThat(state(takenUp.dialogue()))
          .as("after %d lines", cut)
          .isEqualTo(state(live.dialogue()));
      List<Event> rest = recording.after(cut).live(takenUp.dialogue()).events();
      List<Event> both = Stream.concat(takenUp.events().stream(), rest.stream()).toList();
      assertThat(both).as("after %d lines", cut).containsExactlyInAnyOrderElementsOf(all);
      // A permission may be settled earlier: its answer is known before its question.
      assertThat(both.stream().filter(isNotSettled()))
          .as("after %d lines", cut)
          .containsExactlyElementsOf(all.stream().filter(isNotSettled()).toList());
    }
  }

  private static Predicate<Event> isNotSettled() {
    return event -> !(event instanceof Event.Settled);
  }

  private static List<Object> state(Dialogue dialogue) {
    var state = new ArrayList<Object>();
    state.add(dialogue.due());
    state.add(dialogue.ready());
    state.add(dialogue.open());
    state.add(dialogue.cancel());
    state.add(dialogue.prompt("p", "text", Optional.empty()));
    Stream.of("3", "4", "5", "6").filter(dialogue::hasSaid).forEach(state::add);
    return state;
  }

  private static List<String> told(String name) throws IOException {
    return Brief.of(Recording.read("acp/" + name + ".txt").live(begin(name)).events());
  }

  private static List<@Nullable Double> costs(String name) throws IOException {
    var costs = new ArrayList<@Nullable Double>();
    for (Event event : Recording.read("acp/" + name + ".txt").live(begin(name)).events()) {
      if (event instanceof Event.Ended ended) {
        costs.add(ended.usage().costUsd());
      }
    }
    return costs;
  }

  /** As it was opened when it was recorded. */
  private static Dialogue begin(String name) {
    String mode =
        switch (name) {
          case "claude-acp-basic", "claude-acp-deny", "claude-acp-http" -> "default";
          case "codex-acp-basic", "codex-acp-deny" -> "workspace-write";
          case "codex-acp-http" -> "agent-full-access";
          default -> null;
        };
    String resumes = name.equals("opencode-resume") ? LATE : null;
    return AcpProtocol.generic()
        .begin(
            Openings.resuming(
                Openings.set(Openings.at(Path.of("/w")), mode, null, null), resumes, false, null));
  }
}
