package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Failure;
import conductor.effect.GatherFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Resuming a run that failed: exactly what failed, what it cancelled and what came after is
 * performed again.
 */
class RetryTest {

  @Test
  void ofAHundredBranchesTheTwoThatFailedArePerformedAgain() throws Exception {
    Script.Text text =
        script -> {
          var branches = new ArrayList<Callable<?>>();
          for (int i = 0; i < 100; i++) {
            String name = "n" + i;
            branches.add(() -> script.did(name));
          }
          return script.gatherAll(branches).size();
        };
    var host = new Host(new World());
    host.world.broken.add("n17");
    host.world.broken.add("n71");
    RunResult first = host.execute(text);
    assertThat(first)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed ->
                assertThat(((GatherFailed) failed.error()).failures).containsOnlyKeys("17", "71"));
    assertThat(host.world.log).hasSize(98);
    host.world.broken.clear();
    host.world.log.clear();

    RunResult second = host.retry().execute(text);

    assertThat(second).isEqualTo(new RunResult.Done(100));
    assertThat(host.world.log).containsExactlyInAnyOrder("n17", "n71");
  }

  @Test
  void theSiblingsThatAFailureCancelledGoOnWhereTheyWere() throws Exception {
    Script.Text text =
        script ->
            script.did("before")
                + script.gather(
                    () -> script.did("left1") + script.yield(new World.Hang("left2")),
                    () -> {
                      script.did("right1");
                      script.did("right2");
                      return script.did("bad");
                    });
    var host = new Host(new World());
    host.world.broken.add("bad");
    assertThat(host.execute(text)).isInstanceOf(RunResult.Failed.class);
    assertThat(host.replied()).contains("2.0.2 cancelled late", "2.1.3 HandlerFailed");
    host.world.broken.clear();
    host.world.log.clear();
    Run retried = host.retry().started();
    Thread.ofVirtual()
        .start(() -> {
          try {
            host.world.hung.await();
            while (!host.world.log.contains("bad")) {
              Thread.onSpinWait();
            }
            retried.stop("enough");
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    RunResult second = retried.execute(Script.of(text));

    assertThat(second).isEqualTo(new RunResult.Aborted("enough"));
    assertThat(host.world.log).containsExactly("bad");
  }

  @Test
  void whatAScriptCaughtStaysCaught() throws Exception {
    Script.Text text =
        script -> {
          String caught = "";
          try {
            script.did("flaky");
          } catch (Failure e) {
            caught = "caught ";
          }
          return caught + script.did("bad");
        };
    var host = new Host(new World());
    host.world.broken.add("flaky");
    host.world.broken.add("bad");
    host.execute(text);
    host.world.broken.clear();

    assertThat(host.retry().execute(text)).isEqualTo(new RunResult.Done("caught BAD"));
    assertThat(host.world.log).containsExactly("bad");
  }

  @Test
  void theStepsBeforeTheOneThatFailedStay() throws Exception {
    Script.Text text = script -> script.yield(new World.Twice("x"));
    var host = new Host(new World());
    host.world.broken.add("x2");
    host.execute(text);
    host.world.broken.clear();

    assertThat(host.retry().execute(text)).isEqualTo(new RunResult.Done("X1X2"));
    assertThat(host.world.log).containsExactly("x1", "x2");
  }

  @Test
  void aRetryThatFailsCanBeRetried() throws Exception {
    Script.Text text =
        script -> script.gather(() -> script.did("a"), () -> script.did("b") + script.did("c"));
    var host = new Host(new World());
    host.world.broken.add("b");
    host.execute(text);
    host.world.broken.clear();
    host.world.broken.add("c");
    assertThat(host.retry().execute(text)).isInstanceOf(RunResult.Failed.class);
    host.world.broken.clear();

    assertThat(host.retry().execute(text))
        .isEqualTo(new RunResult.Done(java.util.List.of("A", "BC")));
    assertThat(host.world.log).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aFailureOfATaskThatNobodyWaitedForFailsTheRun() throws Exception {
    Script.Text text =
        script -> {
          script.spawn(() -> script.did("bad"));
          return script.did("a");
        };
    var host = new Host(new World());
    host.world.broken.add("bad");
    assertThat(host.execute(text)).isInstanceOf(RunResult.Failed.class);
    host.world.broken.clear();

    assertThat(host.retry().execute(text)).isEqualTo(new RunResult.Done("A"));
    assertThat(host.world.log).containsExactlyInAnyOrder("a", "bad");
  }

  /** F2: what a sibling had cancelled by itself stays cancelled, with what it did at that. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRaceThatASiblingHadDecidedStaysAsItWas(boolean failFast) throws Exception {
    Callable<?>[] branches = new Callable<?>[2];
    Script.Text text =
        script -> {
          branches[0] =
              () -> {
                script.race(Map.of("slow", hangs(script, "slow"), "quick", () -> script.did("q")));
                return script.did("after");
              };
          branches[1] =
              () -> {
                awaitLog(script, "after");
                return script.did("bad");
              };
          return failFast ? script.gather(branches) : script.gatherAll(List.of(branches));
        };

    retriesOnly(text, "bad");
  }

  /** F2: the same where the sibling still goes on when the other fails. */
  @Test
  void aRaceDecidedInASiblingThatTheFailureCancelsStaysAsItWas() throws Exception {
    Script.Text text =
        script ->
            script.gather(
                () -> {
                  script.race(
                      Map.of("slow", hangs(script, "slow"), "quick", () -> script.did("q")));
                  script.did("after");
                  return hangs(script, "cut").call();
                },
                () -> {
                  awaitLog(script, "after");
                  return script.did("bad");
                });
    var host = new Host(new World());
    host.world.broken.add("bad");
    host.execute(text);
    assertThat(host.world.log).contains("cleaned slow", "cleaned cut");
    host.world.broken.clear();
    host.world.log.clear();
    host.world.letGo("cut");

    assertThat(host.retry().execute(text)).isEqualTo(new RunResult.Done(List.of("CUT", "BAD")));
    assertThat(host.world.log).containsExactlyInAnyOrder("bad", "cleaned cut");
    assertThat(host.afterCrash().execute(text))
        .isEqualTo(new RunResult.Done(List.of("CUT", "BAD")));
  }

  /** F2: what a failure cancelled that a sibling caught stays, so that shared lists stay too. */
  @Test
  void aSiblingThatCaughtAFailureGoesOnAsItDid() throws Exception {
    Script.Text text =
        script -> {
          var shared = new ArrayList<String>();
          return script.gather(
              () -> {
                try {
                  script.gather(hangs(script, "lost"), () -> script.did("caught"));
                } catch (Failure e) {
                  shared.add("a");
                }
                return script.did("a");
              },
              () -> {
                awaitLog(script, "a");
                shared.add("b");
                return script.did("b after " + String.join("-", shared));
              },
              () -> {
                awaitLog(script, "b after a-b");
                return script.did("bad");
              });
        };

    retriesOnly(text, "bad", "caught");
  }

  /** F2: what fails in a sibling because it was cancelled is done again, also below its cleanup. */
  @Test
  void whatASiblingDidToCleanUpIsDoneAgainWithItsBranches() throws Exception {
    Script.Text text =
        script ->
            script.gather(
                () -> {
                  try {
                    return script.yield(new World.Hang("left"));
                  } finally {
                    script.gather(() -> script.did("c1"), () -> script.did("c2"));
                  }
                },
                () -> {
                  script.did("right");
                  return script.did("bad");
                });
    var host = new Host(new World());
    host.world.broken.add("bad");
    host.execute(text);
    assertThat(host.world.log).containsExactlyInAnyOrder("right", "c1", "c2");

    assertThat(host.retry().execute(text)).isInstanceOf(RunResult.Failed.class);
    host.world.broken.clear();
    host.world.log.clear();
    host.world.letGo("left");
    assertThat(host.retry().execute(text)).isEqualTo(new RunResult.Done(List.of("LEFT", "BAD")));
    assertThat(host.world.log).containsExactlyInAnyOrder("bad", "c1", "c2");
  }

  /** F2: the other tasks of a branch that fails for one of them had their end by themselves. */
  @Test
  void whatATaskCaughtBesideOneThatFailedStaysCaught() throws Exception {
    Script.Text text =
        script -> {
          script.spawn(() -> {
            awaitLog(script, "last");
            try {
              return script.did("caught");
            } catch (Failure e) {
              return script.did("went on");
            }
          });
          script.spawn(() -> script.did("bad"));
          return script.did("last");
        };

    retriesOnly(text, "bad", "caught");
  }

  /** F2: a step that failed in a sibling is still known when that is retried in its turn. */
  @Test
  void theStepsOfAFailureInASiblingStay() throws Exception {
    Script.Text text =
        script ->
            script.gather(
                () -> {
                  try {
                    return script.yield(new World.Twice("x"));
                  } finally {
                    script.did("cleanup");
                    script.yield(new World.Hang("left"));
                  }
                },
                () -> {
                  awaitLog(script, "cleanup");
                  return script.did("bad");
                });
    var host = new Host(new World());
    host.world.broken.addAll(List.of("x2", "bad"));
    assertThat(host.execute(text)).isInstanceOf(RunResult.Failed.class);
    host.world.broken.clear();
    host.world.letGo("left");
    assertThat(host.retry().execute(text)).isInstanceOf(RunResult.Failed.class);

    assertThat(host.retry().execute(text)).isEqualTo(new RunResult.Done(List.of("X1X2", "BAD")));
    assertThat(host.world.log).filteredOn("x1"::equals).hasSize(1);
  }

  private static void retriesOnly(Script.Text text, String bad, String... alwaysBroken)
      throws Exception {
    var host = new Host(new World());
    host.world.broken.add(bad);
    host.world.broken.addAll(List.of(alwaysBroken));
    assertThat(host.execute(text)).isInstanceOf(RunResult.Failed.class);
    host.world.broken.remove(bad);
    host.world.log.clear();

    RunResult second = host.retry().execute(text);

    assertThat(second).isInstanceOf(RunResult.Done.class);
    assertThat(host.world.log).containsExactly(bad);
    assertThat(host.afterCrash().execute(text)).isEqualTo(second);
  }

  private static Callable<?> hangs(Script script, String what) {
    return () -> {
      try {
        return script.yield(new World.Hang(what));
      } finally {
        script.did("cleaned " + what);
      }
    };
  }

  /** Goes on when another branch did something. */
  private static void awaitLog(Script script, String what) {
    script.yield(new World.After(what));
  }
}
