package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.HandlerFailed;
import conductor.effect.Indeterminate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Laws 2, 3, 4, 5, 6 and 7: what a journal holds is not performed again and goes the same way. */
class ReplayTest {

  private static final Script.Text THREE_BRANCHES =
      script -> {
        String first = script.did("a");
        var replies =
            script.gather(
                () -> script.did("b") + script.did("c"),
                () -> script.yield(new World.Twice("d")),
                () -> script.yield(new World.Look("four")));
        return first + replies + script.did("e");
      };

  /** Law 2. */
  @Test
  void aSecondExecutionPerformsNothing() throws Exception {
    var host = new Host(new World());
    RunResult first = host.execute(THREE_BRANCHES);
    int entries = host.journal.all().size();

    Host later = host.afterCrash(entries - 1);
    later.world.log.clear();
    RunResult second = later.execute(THREE_BRANCHES);

    assertThat(first).isEqualTo(new RunResult.Done("A[BC, D1D2, 4]E"));
    assertThat(second).isEqualTo(first);
    assertThat(later.world.log).isEmpty();
  }

  /** Law 5. */
  @Test
  void aCrashAfterAnyEntryLosesAndRepeatsNothing() throws Exception {
    var undisturbed = new Host(new World());
    undisturbed.execute(THREE_BRANCHES);
    for (int n = 0; n < undisturbed.journal.all().size(); n++) {
      var host = undisturbed.afterCrash(n);

      RunResult result = host.execute(THREE_BRANCHES);

      assertThat(result).as("after %d entries", n).isEqualTo(new RunResult.Done("A[BC, D1D2, 4]E"));
      assertThat(host.world.log).containsExactlyInAnyOrder("a", "b", "c", "d1", "d2", "e");
    }
  }

  /** Law 3. */
  @Test
  void branchesThatShareAVariableTakeTheSamePositionsOnEveryReplay() throws Exception {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var host = new Host(new World(random));
    RunResult first = host.execute(racing());
    List<String> positions = host.asked();
    for (int i = 0; i < 1000; i++) {
      int crash = random.nextInt(host.journal.all().size());
      Host replayed = host.afterCrash(host.journal.all().size() - 1);
      RunResult result = replayed.execute(racing());
      assertThat(result).as("seed %d", seed).isEqualTo(first);
      assertThat(replayed.asked()).as("seed %d", seed).isEqualTo(positions);

      Host resumed = host.afterCrash(crash);
      assertThat(resumed.execute(racing())).as("seed %d", seed).isInstanceOf(RunResult.Done.class);
      assertThat(resumed.world.log).doesNotHaveDuplicates();
    }
  }

  /** Each branch asks for what it finds the others have left. */
  private static Script.Text racing() {
    return script -> {
      var shared = new ArrayList<String>();
      var branches = new ArrayList<Callable<?>>();
      for (int i = 0; i < 5; i++) {
        String name = "b" + i;
        branches.add(() -> {
          for (int round = 0; round < 4; round++) {
            String found = shared.isEmpty() ? "nothing" : shared.getLast();
            shared.add(name);
            if (shared.size() % 3 == 0) {
              script.yield(new World.Look(found));
            }
            script.did(name + "-" + round + "-after-" + found);
          }
          return name;
        });
      }
      script.gatherAll(branches);
      return String.join(",", shared);
    };
  }

  /** Law 4. */
  @Test
  void anotherEffectAtARecordedPositionStopsWithTheTwoSideBySide() throws Exception {
    var host = new Host(new World());
    host.execute(script -> script.did("a") + script.did("b"));

    Host later = host.afterCrash(host.journal.all().size() - 1);

    assertThatThrownBy(() -> later.execute(script -> script.did("a") + script.did("x")))
        .isInstanceOf(Mismatch.class)
        .hasMessageContaining("position 2")
        .hasMessageContaining("recorded: Do {\"what\":\"b\"}")
        .hasMessageContaining("now:      Do {\"what\":\"x\"}");
    assertThat(later.world.log).containsExactly("a", "b");
  }

  /** Law 4. */
  @Test
  void aScriptThatEndsEarlyStopsToo() throws Exception {
    var host = new Host(new World());
    host.execute(script -> script.did("a") + script.did("b"));

    Host later = host.afterCrash(host.journal.all().size() - 1);

    assertThatThrownBy(() -> later.execute(script -> script.did("a")))
        .isInstanceOf(Mismatch.class)
        .hasMessageContaining("ends before");
  }

  /** Law 6. */
  @Test
  void aFailureIsCaughtByItsTypeAndReplaysAsTheSame() throws Exception {
    var host = new Host(new World());
    host.world.broken.add("a");
    Script.Text text =
        script -> {
          try {
            return script.did("a");
          } catch (HandlerFailed e) {
            return e.effect + " " + e.reason + script.did("b");
          }
        };
    RunResult first = host.execute(text);
    host.world.broken.clear();

    RunResult second = host.afterCrash(host.journal.all().size() - 1).execute(text);

    assertThat(first).isEqualTo(new RunResult.Done("a it is brokenB"));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void anActThatCannotBeFoundIsIndeterminateAfterACrash() throws Exception {
    var host = new Host(new World());
    host.execute(script -> script.yield(new World.Blind("a")));
    RunResult result = host.afterCrash(1).execute(script -> script.yield(new World.Blind("a")));

    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed -> assertThat(failed.error()).isInstanceOf(Indeterminate.class));
  }

  @Test
  void anEffectFromAForeignThreadIsRefused() throws Exception {
    var host = new Host(new World());

    RunResult result =
        host.execute(script -> {
          var refused = new ArrayList<Throwable>();
          Thread thread =
              new Thread(() -> {
                try {
                  script.did("a");
                } catch (IllegalStateException e) {
                  refused.add(e);
                }
              });
          thread.start();
          thread.join();
          return refused.getFirst().getMessage();
        });

    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Done.class,
            done ->
                assertThat((String) done.value()).contains("thread that conductor did not start"));
    assertThat(host.world.log).isEmpty();
  }
}
