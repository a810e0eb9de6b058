package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Body;
import conductor.effect.Control;
import conductor.journal.Entry;
import conductor.journal.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Law 4, for what controls and open intents record, and what still counts of a journal. */
class MismatchTest {

  private final Host host = new Host(new World());

  private void differs(Script.Text then, Script.Text now, String recorded, String asked)
      throws Exception {
    host.execute(then);
    int entries = host.journal.all().size() - 1;
    differs(entries, now, recorded, asked);
  }

  private void differs(int entries, Script.Text now, String recorded, String asked) {
    Host later = host.afterCrash(entries);
    int done = later.world.log.size();
    assertThatThrownBy(() -> later.execute(now))
        .isInstanceOfSatisfying(
            Mismatch.class,
            mismatch -> {
              assertThat(mismatch.recorded).isEqualTo(recorded);
              assertThat(mismatch.now).isEqualTo(asked);
            });
    assertThat(later.world.log).hasSize(done);
    assertThat(later.journal.all()).hasSize(entries);
  }

  @Test
  void anotherKindOfControl() throws Exception {
    differs(
        script -> script.gather(() -> script.did("a"), () -> script.did("b")),
        script -> script.race(Map.of("0", () -> script.did("a"))),
        "Gather of [0, 1] at -",
        "Race of [0] at -");
  }

  @Test
  void otherBranches() throws Exception {
    differs(
        script -> script.race(Map.of("a", () -> script.did("a"))),
        script -> script.race(Map.of("b", () -> script.did("a"))),
        "Race of [a] at -",
        "Race of [b] at -");
  }

  @Test
  void anotherTaskThatIsWaitedFor() throws Exception {
    differs(
        script -> script.await(script.spawn(() -> script.did("a"))),
        script -> {
          script.spawn(() -> script.did("a"));
          return script.yield(new Control.Try(new Body.Single(new World.Do("b"))));
        },
        "Wait of [1] at -",
        "Try of [0] at -");
  }

  @Test
  void anEffectWhereAControlWasAndTheOtherWayRound() throws Exception {
    differs(
        script -> script.gather(() -> script.did("a")),
        script -> script.did("a"),
        "Gather of [0] at -",
        "Do {\"what\":\"a\"} at -");
    var other = new Host(new World());
    other.execute(script -> script.did("a"));
    assertThatThrownBy(() ->
            other
                .afterCrash(other.journal.all().size() - 1)
                .execute(script -> script.gather(() -> script.did("a"))))
        .isInstanceOf(Mismatch.class)
        .hasMessageContaining("recorded: Do {\"what\":\"a\"} at -")
        .hasMessageContaining("now:      Gather of [0] at -");
  }

  @Test
  void otherArgumentsOfTheSameEffect() throws Exception {
    differs(
        script -> script.did("a"),
        script -> script.did("b"),
        "Do {\"what\":\"a\"} at -",
        "Do {\"what\":\"b\"} at -");
  }

  @Test
  void theSameArgumentsOfAnotherEffect() throws Exception {
    differs(
        script -> script.did("a"),
        script -> script.yield(new World.Blind("a")),
        "Do {\"what\":\"a\"} at -",
        "Blind {\"what\":\"a\"} at -");
  }

  /** The control that is not asked for is told, not the effect in its branch. */
  @Test
  void aBranchThatIsNotOpened() throws Exception {
    differs(
        script -> script.did("a") + script.gather(() -> script.did("b")),
        script -> script.did("a"),
        "Gather of [0] at -",
        "the workflow ends before it asks for anything here");
  }

  /** An intent without a reply, in a script that goes on without asking for it. */
  @Test
  void anOpenIntentThatNobodyAsksFor() throws Exception {
    host.execute(script -> script.gather(() -> script.did("a"), () -> script.did("b")));
    int open = 0;
    while (!(host.journal.all().get(open) instanceof Entry.Replied)) {
      open++;
    }
    Script.Text less =
        script -> script.gather(() -> script.did("a"), () -> script.spawn(() -> "nothing"));

    assertThatThrownBy(() -> host.afterCrash(3).execute(less))
        .isInstanceOf(Mismatch.class)
        .hasMessageContaining("Do {\"what\":\"b\"}");
    assertThat(open).isEqualTo(3);
    differs(
        3,
        script -> "nothing",
        "Gather of [0, 1] at -",
        "the workflow ends before it asks for anything here");
  }

  @Test
  void aReplyThatNobodyAskedFor() throws Exception {
    differs(
        script -> script.did("a") + script.did("b"),
        script -> {
          script.did("a");
          return script.gather(() -> "nothing", () -> script.did("c"));
        },
        "Do {\"what\":\"b\"} at -",
        "Gather of [0, 1] at -");
  }

  @Test
  void afterARetryWhatItSupersedesCountsNoMore() throws Exception {
    host.world.broken.add("bad");
    Script.Text text =
        script -> {
          script.did("a");
          return script.gather(() -> script.did("b"), () -> script.yield(new World.Twice("x")))
              + script.did("bad");
        };
    host.execute(text);
    List<Entry> before = host.journal.all();
    History ended = History.of(before);
    assertThat(before).allMatch(ended::stands);
    assertThat(ended.failure(new Position("3"))).isPresent();
    assertThat(ended.failure(new Position("1"))).isEmpty();
    assertThat(ended.failure(new Position("7"))).isEmpty();
    assertThat(ended.ended()).contains((Entry.Ended) before.getLast());

    host.retry();

    History history = History.of(host.journal.all());
    assertThat(before.stream().filter(entry -> !history.stands(entry)))
        .hasSize(3)
        .allMatch(entry ->
            entry instanceof Entry.Ended
                || (entry instanceof Entry.Asked asked && asked.position().text().equals("3"))
                || (entry instanceof Entry.Replied reply && reply.position().text().equals("3")));
    assertThat(history.ended()).isEmpty();
    assertThat(history.failure(new Position("3"))).isEmpty();
    assertThat(history.epoch()).isEqualTo(1);
    assertThat(history.editEpoch()).isZero();
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aHistoryKnowsWhoOwnedTheRunAndItsWorkflow() {
    var at = Instant.EPOCH;
    History history =
        History.of(
            List.of(
                new Entry.Opened(at, "wf-1", "flow"),
                new Entry.Owned(at, 1, 42, "boot"),
                new Entry.Owned(at, 2, 43, "boot"),
                new Entry.Edited(at, 3, List.of())));

    assertThat(history.workflow()).isEqualTo("flow");
    assertThat(history.owners()).isEqualTo(2);
    assertThat(history.editEpoch()).isEqualTo(3);
    assertThat(history.epoch()).isEqualTo(3);
    assertThat(history.stopped()).isFalse();
  }
}
