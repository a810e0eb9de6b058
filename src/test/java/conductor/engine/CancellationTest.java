package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Attempt;
import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.HandlerFailed;
import conductor.effect.Interrupted;
import conductor.effect.Task;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Law 9: cancellation reaches every branch, and every record is closed. */
class CancellationTest {

  @Test
  void theFirstReplyWinsARaceAndTheOthersAreCancelled() throws Exception {
    var host = new Host(new World());
    Map<String, Callable<?>> branches = new LinkedHashMap<>();
    Script.Text text =
        script -> {
          branches.put("slow", () -> script.yield(new World.Hang("slow")));
          branches.put("quick", () -> script.did("quick"));
          return script.race(branches);
        };

    assertThat(host.execute(text)).isEqualTo(new RunResult.Done("QUICK"));
    assertThat(host.world.hanging).isEmpty();
    assertThat(host.replied()).containsExactly("1.quick.1 \"QUICK\"", "1.slow.1 cancelled late");
    assertThat(host.afterCrash(host.journal.all().size() - 1).execute(text))
        .isEqualTo(new RunResult.Done("QUICK"));
  }

  @Test
  void aFinallyBlockMayYieldAndCannotUndoTheCancellation() throws Exception {
    var host = new Host(new World());
    Script.Text text =
        script -> {
          Map<String, Callable<?>> branches = new LinkedHashMap<>();
          branches.put(
              "loser",
              () -> {
                try {
                  return script.yield(new World.Hang("x"));
                } catch (Exception e) {
                  return script.did("an untyped catch must not see it");
                } finally {
                  script.did("cleanup");
                }
              });
          branches.put("winner", () -> script.did("win"));
          return script.race(branches);
        };

    assertThat(host.execute(text)).isEqualTo(new RunResult.Done("WIN"));
    assertThat(host.asked()).contains("1.loser.c.1 Do");
    assertThat(host.world.log).containsExactly("win", "cleanup");
  }

  @Test
  void whatIsInterruptedEndsWithAllItOpenedAndTheRunGoesOn() throws Exception {
    var host = new Host(new World());
    Script.Text text =
        script -> {
          Task beside = script.spawn(() -> script.did("beside"));
          try {
            script.gather(
                () -> script.yield(new World.Hang("a")),
                () -> {
                  script.did("first");
                  return script.yield(new World.Hang("b"));
                });
          } catch (Interrupted e) {
            return script.did("after") + script.await(beside);
          }
          return "not interrupted";
        };
    Run run = host.started();
    Thread.ofVirtual().start(() -> interruptWhenHung(host, run));

    assertThat(run.execute(Script.of(text))).isEqualTo(new RunResult.Done("AFTERBESIDE"));
    assertThat(host.world.hanging).isEmpty();
    assertThat(host.replied())
        .contains("3 \"AFTER\"")
        .anyMatch(reply -> reply.matches("2\\.[01]\\.\\d cancelled"));
    for (int entries = 0; entries < host.journal.all().size(); entries++) {
      if (host.journal.afterCrash(entries).all().stream()
          .anyMatch(CancellationTest::isInterrupted)) {
        assertThat(host.afterCrash(entries).execute(text))
            .isEqualTo(new RunResult.Done("AFTERBESIDE"));
      }
    }
  }

  private static boolean isInterrupted(Entry entry) {
    return entry instanceof Entry.Replied reply && reply.outcome() instanceof Outcome.Cancelled;
  }

  private static void interruptWhenHung(Host host, Run run) {
    try {
      host.world.hung.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run.interrupt();
  }

  @Test
  void scriptCodeThatAsksForNothingIsInterruptedToo() throws Exception {
    var host = new Host(new World());
    var busy = new CountDownLatch(1);
    Script.Text text =
        script -> {
          try {
            busy.countDown();
            new CountDownLatch(1).await();
            return "not interrupted";
          } catch (InterruptedException e) {
            return "interrupted";
          }
        };
    Run run = host.started();
    Thread.ofVirtual()
        .start(() -> {
          try {
            busy.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          run.interrupt();
        });

    assertThat(run.execute(Script.of(text))).isEqualTo(new RunResult.Done("interrupted"));
  }

  @Test
  void stopEndsEveryBranchAndRunsTheirFinallyBlocks() throws Exception {
    var host = new Host(new World());
    Run run = host.started();
    Thread.ofVirtual().start(() -> stopWhenHung(host, run));

    RunResult result =
        run.execute(
            Script.of(script ->
                script.gather(
                    () -> script.yield(new World.Hang("a")),
                    () -> {
                      try {
                        return script.yield(new World.Hang("b"));
                      } finally {
                        script.did("tidy");
                      }
                    })));

    assertThat(result).isEqualTo(new RunResult.Aborted("told to"));
    assertThat(host.world.log).containsExactly("tidy");
    assertThat(host.world.hanging).isEmpty();
    assertThat(History.of(host.journal.all()).open()).isEmpty();
  }

  @Test
  void whatWasUnderWayInACancelledBranchIsEndedAfterACrash() throws Exception {
    Script.Text text =
        script -> {
          Map<String, Callable<?>> branches = new LinkedHashMap<>();
          branches.put("slow", () -> script.yield(new World.Hang("slow")));
          branches.put("quick", () -> script.did("quick"));
          return script.race(branches);
        };
    var host = new Host(new World());
    host.execute(text);
    int late = host.journal.all().size() - 2;
    Host later = host.afterCrash(late);
    later.world.hanging.add("slow");

    RunResult result = later.execute(text);

    assertThat(result).isEqualTo(new RunResult.Done("QUICK"));
    assertThat(later.world.hanging).isEmpty();
  }

  @Test
  void tryTurnsAFailureIntoAValue() throws Exception {
    var host = new Host(new World());
    host.world.broken.add("bad");

    RunResult result =
        host.execute(script -> {
          Attempt good =
              script.<Attempt>yield(new Control.Try(new Body.Single(new World.Do("good"))));
          Attempt bad =
              script.<Attempt>yield(new Control.Try(new Body.Block(() -> script.did("bad"))));
          return good.ok() + " " + ((HandlerFailed) ((Attempt.Err) bad).failure()).effect;
        });

    assertThat(result).isEqualTo(new RunResult.Done("true bad"));
  }

  @Test
  void aTaskIsCancelledWhenTheBranchThatSpawnedItFails() throws Exception {
    var host = new Host(new World());
    host.world.broken.add("bad");

    RunResult result =
        host.execute(script -> {
          script.spawn(() -> script.yield(new World.Hang("task")));
          return script.did("bad");
        });

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(host.replied()).contains("1.0.1 cancelled late");
    assertThat(host.world.hanging).isEmpty();
  }

  @Test
  void aTaskIsWaitedForByName() throws Exception {
    var host = new Host(new World());

    RunResult result =
        host.execute(script -> {
          var task = script.spawn(() -> script.did("x") + script.did("y"));
          return script.did("a") + script.await(task) + script.await(task);
        });

    assertThat(result).isEqualTo(new RunResult.Done("AXYXY"));
  }

  @Test
  void suspendingUnwindsNothing() throws Exception {
    var host = new Host(new World());
    Run run = host.started();
    Thread.ofVirtual()
        .start(() -> {
          try {
            host.world.hung.await();
            run.suspend();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    RunResult result =
        run.execute(
            Script.of(script -> {
              try {
                return script.yield(new World.Hang("a"));
              } finally {
                script.did("must not happen");
              }
            }));

    assertThat(result).isEqualTo(new RunResult.Suspended());
    assertThat(host.world.log).isEmpty();
    assertThat(History.of(host.journal.all()).open()).hasSize(1);
    assertThat(host.journal.all()).noneMatch(conductor.journal.Entry.Ended.class::isInstance);
  }

  private static void stopWhenHung(Host host, Run run) {
    try {
      host.world.hung.await();
      run.stop("told to");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
