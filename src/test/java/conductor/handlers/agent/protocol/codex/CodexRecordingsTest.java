package conductor.handlers.agent.protocol.codex;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codex 0.169.0 on a scripted model, recorded in both directions. */
class CodexRecordingsTest {

  private static final String FILE = "/home/dev/repo/p.txt";

  @Test
  void commandsAndChangesAreAskedForAndAnswered() throws IOException {
    assertThat(retold("codex-turns.txt"))
        .containsExactly(
            "opened",
            "began p1",
            "says hello",
            "ended p1 'hello'[] 700+50",
            "began p2",
            "commandExecution: echo hi > f.txt; cat f.txt",
            "asks 0 EXECUTE: echo hi > f.txt; cat f.txt",
            "settled 0",
            "ok hi",
            "commandExecution: touch 'no such.txt'",
            "asks 1 EXECUTE: touch 'no such.txt'",
            "settled 1",
            "failed ",
            "says done",
            "ended p2 'done'[touch 'no such.txt'] 2100+150",
            "began p3",
            "fileChange: " + FILE,
            "asks 2 EDIT: " + FILE,
            "settled 2",
            "ok ",
            "/home/dev/repo/p.txt +1 -0",
            "says patched",
            "ended p3 'patched'[] 1400+100",
            "began p4",
            "fileChange: " + FILE,
            "asks 3 EDIT: " + FILE,
            "settled 3",
            "failed ",
            "says not patched",
            "ended p4 'not patched'[" + FILE + "] 1400+100",
            "began p5",
            "says {\"ok\":true}",
            "ended p5 '{\"ok\":true}' = {\"ok\":true}[] 700+50");
  }

  /** The thread was resumed with totals of 9000+450 that another process has counted. */
  @Test
  void whatSteersIsOfTheTurnAndWhatCameTooLateIsGivenBack() throws IOException {
    assertThat(retold("codex-steer.txt"))
        .containsExactly(
            "opened",
            "began s1",
            "commandExecution: pwd",
            "asks 0 EXECUTE: pwd",
            "settled 0",
            "ok /home/dev/repo",
            "says final",
            "ended s1 s2 'final'[] 1400+100",
            "began s3",
            "not steered s4",
            "ended s3 cancelled 0+0",
            "began s4",
            "commandExecution: pwd",
            "asks 1 EXECUTE: pwd",
            "settled 1",
            "failed ",
            "ended s4 cancelled 700+50",
            "began s5",
            "says alive",
            "ended s5 'alive'[] 700+50",
            "not steered s6",
            "began s7",
            "ended s7 cancelled 0+0");
  }

  @Test
  void aCopyOfAThreadCountsOnlyWhatItUsedItself() throws IOException {
    assertThat(retold("codex-fork.txt"))
        .containsExactly("opened", "began f1", "says forked", "ended f1 'forked'[] 700+50");
  }

  @Test
  void aThreadThatIsNotThereIsToldApart() throws IOException {
    Recording recording = Recording.read("codex-gone.txt");
    Recording.Retold retold = recording.live(begin("01a20f9a-ae69-7a03-8d6b-9fcfb5565c00"));
    assertThat(Brief.of(retold.events())).containsExactly("unopened SESSION_GONE");
    assertThat(retold.dialogue().ready()).isFalse();
  }

  @Test
  void anAgentOfTheAgentAsksAndCountsAndDoesNotEndTheTurn() throws IOException {
    assertThat(retold("codex-agents.txt"))
        .containsSubsequence(
            "began a1",
            "spawnAgent: SUBAGENT [@bash:touch sub@] [@say:sub@]",
            "asks 0 EXECUTE: touch sub",
            "asks 1 EXECUTE: touch main",
            "says main",
            "ended a1 'main'[touch main] 4200+300")
        .doesNotContain("says sub");
  }

  @Test
  void troublesAreToldApart() throws IOException {
    assertThat(retold("codex-troubles.txt"))
        .filteredOn(event -> event.startsWith("ended"))
        .containsExactly(
            "ended t1 REFUSED 0+0",
            "ended t2 NOT_LOGGED_IN 0+0",
            "ended t3 RATE_LIMITED until 2026-11-24T22:40:00Z 0+0",
            "ended t4 OVERLOADED 0+0",
            "ended t5 OVERLOADED 0+0",
            "ended t6 RATE_LIMITED until 2026-11-24T22:37:07.875Z 0+0",
            "ended t7 OVERLOADED 0+0",
            "ended t8 CONTEXT_FULL 0+0");
  }

  @Test
  void codexWaitsBeforeItTriesAgain() throws IOException {
    assertThat(retold("codex-troubles.txt"))
        .contains(
            "waits Reconnecting... 1/1: We’re currently experiencing high demand, which may cause"
                + " temporary errors.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"turns", "steer", "fork", "gone", "agents", "troubles"})
  void whoeverTakesItUpAnywhereComesToTheSame(String name) throws IOException {
    Recording recording = Recording.read("codex-" + name + ".txt");
    List<Event> all = recording.live(begin(null)).events();
    assertThat(all).isNotEmpty();
    for (int cut = 0; cut <= recording.lines().size(); cut++) {
      Recording.Retold live = recording.first(cut).live(begin(null));
      Recording.Retold takenUp = recording.first(cut).takenUp(begin(null));
      assertThat(state(takenUp.dialogue()))
          .as("after %d lines", cut)
          .isEqualTo(state(live.dialogue()));
      List<Event> rest = recording.after(cut).live(takenUp.dialogue()).events();
      assertThat(Stream.concat(takenUp.events().stream(), rest.stream()))
          .as("after %d lines", cut)
          .isEqualTo(all);
    }
  }

  private static List<Object> state(Dialogue dialogue) {
    var state = new ArrayList<Object>();
    state.add(dialogue.due());
    state.add(dialogue.ready());
    state.add(dialogue.open());
    state.add(dialogue.cancel());
    state.add(dialogue.steer("never", "x"));
    Stream.of("p1", "p5", "s1", "s2", "s4", "s6", "a1", "t8")
        .filter(dialogue::hasSaid)
        .forEach(state::add);
    return state;
  }

  private static List<String> retold(String name) throws IOException {
    return Brief.of(Recording.read(name).live(begin(null)).events());
  }

  private static Dialogue begin(@Nullable String resumes) {
    return new CodexProtocol()
        .begin(Openings.resuming(Openings.at(Path.of("/home/dev/repo")), resumes, false, null));
  }
}
