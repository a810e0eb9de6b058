package conductor.handlers.agent;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.process.FileChanges;
import conductor.process.Job;
import conductor.process.JobSpec;
import conductor.state.Locks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentLimiterTest {

  @TempDir private Path temp;
  private final FileChanges changes = new FileChanges();
  private final Locks locks = new Locks();

  @AfterEach
  void end() {
    changes.close();
  }

  private AgentLimiter slots(int most, Map<String, Integer> types) {
    return new AgentLimiter(temp.resolve("slots"), locks, changes, most, types);
  }

  private AgentLimiter.Slot take(AgentLimiter slots, String type, String agent)
      throws InterruptedException {
    return slots.take(type, agent, temp.resolve(agent), () -> {});
  }

  @Test
  void aFreePlaceIsTakenWithoutWatchingTheOthers() throws Exception {
    changes.close(); // nothing can be watched any more

    try (var _ = take(slots(1, Map.of()), "mine", "a")) {
      assertThat(temp.resolve("slots")).isDirectoryContaining("glob:**.json");
    }

    assertThat(temp.resolve("slots")).isDirectoryNotContaining("glob:**.json");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void twentyAgentsUnderACapAreServedInTheirOrderAndNeverMoreAtOnce(int cap) throws Exception {
    AgentLimiter slots = slots(cap, Map.of());
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    List<Integer> served = java.util.Collections.synchronizedList(new ArrayList<>());
    var waiting = new CountDownLatch(20 - cap);
    var go = new CountDownLatch(1);
    var agents = new ArrayList<Thread>();
    for (int n = 0; n < 20; n++) {
      int number = n;
      var drawn = new CountDownLatch(1);
      agents.add(
          Thread.ofVirtual()
              .start(() -> {
                try (var _ =
                    slots.take(
                        "mine",
                        "agent" + number,
                        temp,
                        () -> {
                          waiting.countDown();
                          drawn.countDown();
                        })) {
                  served.add(number);
                  drawn.countDown();
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  go.await();
                  running.decrementAndGet();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
      drawn.await();
    }
    waiting.await();
    go.countDown();
    for (Thread agent : agents) {
      agent.join();
    }

    assertThat(most.get()).isEqualTo(cap);
    assertThat(served).hasSize(20).doesNotHaveDuplicates();
    if (cap == 1) {
      assertThat(served).isSorted();
    }
  }

  @Test
  void aTypeThatIsFullLetsOthersGoFirst() throws Exception {
    AgentLimiter slots = slots(2, Map.of("big", 1));
    AgentLimiter.Slot first = take(slots, "big", "a");
    var told = new CountDownLatch(1);
    Thread second =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slots.take("big", "b", temp, told::countDown).close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    told.await();

    take(slots, "small", "c").close();

    first.close();
    second.join();
  }

  /** A run that allows itself one agent at once keeps no place free for that one. */
  @Test
  void aRunThatAllowsItselfLessHoldsNobodyBack() throws Exception {
    AgentLimiter others = slots(2, Map.of());
    AgentLimiter.Slot first = take(others, "mine", "a");
    var told = new CountDownLatch(1);
    Thread modest =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slots(1, Map.of()).take("mine", "b", temp, told::countDown).close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    told.await();

    take(others, "mine", "c").close();

    first.close();
    modest.join();
  }

  @Test
  void anAgentThatOutlivesItsConductorKeepsItsPlaceUntilItIsTakenUp() throws Exception {
    Path jobs = temp.resolve("agent");
    Job job =
        Job.start(
            jobs.resolve("turn-1"),
            new JobSpec(
                List.of("sleep", "1000"), temp, Map.of("PATH", System.getenv("PATH")), false),
            new byte[0]);
    Files.createDirectories(temp.resolve("slots"));
    Files.writeString(
        temp.resolve("slots/000000000001-dead.json"),
        """
        {"v":1,"type":"mine","agent":"wf-1:a","jobs":"%s","owner":{"pid":1,"started":-1,"boot":"x"},"running":true}
        """
            .formatted(jobs));
    AgentLimiter slots = slots(1, Map.of());
    var told = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slots.take("mine", "wf-1:b", temp, told::countDown).close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    told.await();

    slots.take("mine", "wf-1:a", jobs, () -> {}).close();

    job.end("test");
    other.join();
    assertThat(Files.list(temp.resolve("slots")).map(file -> file.getFileName().toString()))
        .containsExactly("lock");
  }
}
