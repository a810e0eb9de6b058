package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.engine.handler.Call;
import conductor.engine.handler.Parking;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** P7: a parked failure is seen by no script, and what people decide is kept (laws 1 to 7). */
class ParkingTest {

  private static final Script.Text TWO_BRANCHES =
      script ->
          script.did("a")
              + script.gather(
                  () -> script.yield(new World.Twice("b")),
                  () -> script.did("c") + script.did("d"));

  /** Decides on every failure alike. */
  private record Deciding(List<String> asked, Function<Effect<?>, Decision> decide)
      implements Parking {

    @Override
    public boolean parks(Effect<?> effect) {
      return true;
    }

    @Override
    public Decision ask(String gate, Effect<?> effect, Failure failure, Call call) {
      asked.add(gate);
      return decide.apply(effect);
    }
  }

  private static Host failing(Function<Effect<?>, Parking.Decision> decide, List<String> asked) {
    var host = new Host(new World());
    host.world.broken.add("b2");
    host.parking = new Deciding(asked, decide);
    return host;
  }

  private static Host repairing(List<String> asked) {
    var hosts = new ArrayList<Host>();
    hosts.add(
        failing(
            effect -> {
              if (asked.size() > 1) {
                hosts.getFirst().world.broken.clear();
              }
              return new Parking.Decision.Again(effect);
            },
            asked));
    return hosts.getFirst();
  }

  @Test
  void anEffectIsPerformedAgainWithoutTheStepsThatWereDone() throws Exception {
    var asked = new ArrayList<String>();
    Host host = repairing(asked);

    assertThat(host.execute(TWO_BRANCHES)).isEqualTo(new RunResult.Done("A[B1B2, CD]"));
    assertThat(host.world.log).containsExactlyInAnyOrder("a", "b1", "b2", "c", "d");
    assertThat(asked).containsExactly("2.0.1/failure-0", "2.0.1/failure-1");
  }

  /** Law 5. */
  @Test
  void aCrashAfterAnyEntryLosesAndRepeatsNothing() throws Exception {
    Host undisturbed = repairing(new ArrayList<>());
    undisturbed.execute(TWO_BRANCHES);
    for (int n = 0; n < undisturbed.journal.all().size(); n++) {
      Host host = undisturbed.afterCrash(n);

      assertThat(host.execute(TWO_BRANCHES))
          .as("after %d entries", n)
          .isEqualTo(new RunResult.Done("A[B1B2, CD]"));
      assertThat(host.world.log).containsExactlyInAnyOrder("a", "b1", "b2", "c", "d");
    }
  }

  /** Law 2. */
  @Test
  void aReplyThatPeopleGiveIsTheEffects() throws Exception {
    Host host = failing(_ -> new Parking.Decision.Reply("by hand"), new ArrayList<>());
    RunResult first = host.execute(TWO_BRANCHES);
    host.world.log.clear();

    assertThat(first).isEqualTo(new RunResult.Done("A[by hand, CD]"));
    assertThat(host.afterCrash(host.journal.all().size() - 1).execute(TWO_BRANCHES))
        .isEqualTo(first);
    assertThat(host.world.log).isEmpty();
  }

  @Test
  void aFailureThatPeopleLetPassIsTheScriptsAndCanBeRetried() throws Exception {
    Host host = failing(_ -> new Parking.Decision.Fail(), new ArrayList<>());

    assertThat(host.execute(TWO_BRANCHES)).isInstanceOf(RunResult.Failed.class);
    host.world.broken.clear();
    assertThat(host.retry().execute(TWO_BRANCHES)).isEqualTo(new RunResult.Done("A[B1B2, CD]"));
    assertThat(host.world.log).containsExactlyInAnyOrder("a", "b1", "b2", "c", "d");
  }
}
