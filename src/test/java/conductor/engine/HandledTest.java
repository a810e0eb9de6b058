package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.HandlerFailed;
import conductor.journal.Entry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Laws 1 to 5 for effects that a script's handler answers: a scope, within which acts are acts. */
class HandledTest {

  private static Object handled(Script script, String what, Callable<?> handler) {
    return script.<Object>yield(new Control.Handled(new World.Do(what), new Body.Block(handler)));
  }

  private static final Script.Text NESTED =
      script ->
          script.did("a")
              + handled(
                  script,
                  "outer",
                  () -> script.did("b") + handled(script, "inner", () -> script.did("c")))
              + script.did("d");

  @Test
  void theJournalHoldsTheScopeWithItsArgumentsAndNoReply() throws Exception {
    var host = new Host(new World());

    assertThat(host.execute(NESTED)).isEqualTo(new RunResult.Done("ABCD"));

    assertThat(host.asked())
        .containsExactly("1 Do", "2.handler.1 Do", "2.handler.2.handler.1 Do", "3 Do");
    assertThat(host.journal.all())
        .filteredOn(Entry.Branched.class::isInstance)
        .map(entry -> (Entry.Branched) entry)
        .map(scope -> scope.position() + " " + scope.control() + " " + scope.arguments())
        .containsExactly("2 Do {\"what\":\"outer\"}", "2.handler.2 Do {\"what\":\"inner\"}");
    assertThat(host.replied()).noneMatch(reply -> reply.startsWith("2 "));
  }

  @Test
  void aCrashAfterAnyEntryLosesAndRepeatsNothing() throws Exception {
    var undisturbed = new Host(new World());
    undisturbed.execute(NESTED);
    for (int n = 0; n < undisturbed.journal.all().size(); n++) {
      var host = undisturbed.afterCrash(n);

      assertThat(host.execute(NESTED))
          .as("after %d entries", n)
          .isEqualTo(new RunResult.Done("ABCD"));
      assertThat(host.world.log).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void aFailureInAHandlerIsTheAskersAndIsRetriedAlone() throws Exception {
    var world = new World();
    world.broken.add("c");
    var host = new Host(world);

    assertThat(host.execute(NESTED))
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed -> assertThat(failed.error()).isInstanceOf(HandlerFailed.class));

    world.broken.clear();
    assertThat(host.retry().execute(NESTED)).isEqualTo(new RunResult.Done("ABCD"));
    assertThat(world.log).containsExactly("a", "b", "c", "d");
  }

  @Test
  void otherArgumentsAreAMismatch() throws Exception {
    var host = new Host(new World());
    host.execute(script -> handled(script, "one", () -> script.did("b")));

    assertThatThrownBy(() ->
            host.afterCrash(host.journal.all().size() - 1)
                .execute(script -> handled(script, "two", () -> script.did("b"))))
        .isInstanceOf(Mismatch.class)
        .hasMessageContaining("recorded: Do {\"what\":\"one\"}")
        .hasMessageContaining("now:      Do {\"what\":\"two\"}");
  }

  @Test
  void aLostRaceEndsAHandlerAndWhatItPerforms() throws Exception {
    var host = new Host(new World());

    RunResult result =
        host.execute(script ->
            script.race(
                Map.of(
                    "slow",
                    () -> handled(script, "x", () -> script.yield(new World.Hang("hanging"))),
                    "quick",
                    () -> script.did("b"))));

    assertThat(result).isEqualTo(new RunResult.Done("B"));
    assertThat(host.world.hanging).isEmpty();
    assertThat(host.replied()).contains("1.slow.1.handler.1 cancelled late");
  }

  @Test
  void branchesMayHandleAtTheSameTime() throws Exception {
    var host = new Host(new World());

    assertThat(
            host.execute(script ->
                script.gather(
                    () -> handled(script, "x", () -> script.did("a")),
                    () -> handled(script, "y", () -> script.did("b")))))
        .isEqualTo(new RunResult.Done(List.of("A", "B")));
  }
}
