package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import conductor.effect.Effect;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Journal;
import conductor.journal.MemoryJournal;
import conductor.journal.Redactor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Laws 1 and 7, and what may be a result. */
class LawsTest {

  /** A journal that knows what is on disk. */
  private static final class Synced implements Journal {

    final List<Entry> written = new CopyOnWriteArrayList<>();
    volatile int onDisk;

    @Override
    public List<Entry> entries() {
      return List.of();
    }

    @Override
    public void append(Entry entry) {
      written.add(entry);
    }

    @Override
    public void sync() {
      onDisk = written.size();
    }

    @Override
    public void close() {}

    boolean holds(String position) {
      return written.subList(0, onDisk).stream()
          .anyMatch(entry ->
              entry instanceof Entry.Asked asked && asked.position().text().equals(position));
    }
  }

  /** A journal that knows how many intents each of its syncs brought to disk. */
  private static final class Grouped implements Journal {

    final List<Long> intents = new ArrayList<>();
    private final MemoryJournal journal;
    private long waiting;

    Grouped(MemoryJournal journal) {
      this.journal = journal;
    }

    @Override
    public List<Entry> entries() {
      return journal.entries();
    }

    @Override
    public void append(Entry entry) {
      journal.append(entry);
      waiting += entry instanceof Entry.Asked ? 1 : 0;
    }

    @Override
    public void sync() {
      journal.sync();
      intents.add(waiting);
      waiting = 0;
    }

    @Override
    public void close() {}
  }

  private static Run run(Journal journal, Handler<World.Deed<?>> handler) {
    var codec = new Codec(new Blobs(Path.of("target/nowhere")), Redactor.none());
    return new Run(
        "wf-000001",
        journal,
        codec,
        Handlers.none().with(World.Deed.class, handler),
        Parking.never(),
        RunListener.none(),
        InstantSource.system());
  }

  /** An effect whose reply is not what its type says. */
  @SuppressWarnings("unchecked")
  private static Effect<Object> anything(Effect<?> effect) {
    return (Effect<Object>) effect;
  }

  /** Law 1, for effects and for steps. */
  @Test
  void anActsIntentIsOnDiskBeforeTheActBegins() throws Exception {
    var journal = new Synced();
    var begun = new CopyOnWriteArrayList<String>();
    Act.Work<String> act =
        call -> {
          String position = call.key().position();
          begun.add(position + (journal.holds(position) ? " on disk" : " not on disk"));
          return "done";
        };
    Handler<World.Deed<?>> handler =
        deed ->
            deed instanceof World.Twice
                ? Act.repeatable(call ->
                    call.step("one", Act.adoptable(act, act))
                        + call.step("two", Act.indeterminate(act)))
                : Act.adoptable(act, act);

    run(journal, handler)
        .execute(
            Script.of(script -> {
              script.did("a");
              script.yield(new World.Twice("b"));
              return script.gather(() -> script.did("c"), () -> script.did("d"));
            }));

    assertThat(begun)
        .containsExactlyInAnyOrder(
            "1 on disk", "2/one on disk", "2/two on disk", "3.0.1 on disk", "3.1.1 on disk");
  }

  /** Law 1 at the price of one force for all branches that go on at once. */
  @Test
  void theIntentsOfBranchesThatGoOnAtOnceShareOneSync() throws Exception {
    int branches = 64;
    Act.Work<String> act = call -> "done";
    Handler<World.Deed<?>> handler = deed -> Act.adoptable(act, act);
    Script.Text text =
        script -> {
          var blocks = new ArrayList<Callable<Object>>();
          for (int n = 0; n < branches; n++) {
            String name = "deed " + n;
            blocks.add(() -> script.did(name) + script.did(name + " again"));
          }
          return script.gatherAll(blocks);
        };
    var before = new MemoryJournal();
    run(before, handler).execute(Script.of(text));
    int intended =
        (int) before.all().stream().takeWhile(entry -> !(entry instanceof Entry.Replied)).count();

    // What is adopted comes back together, so all branches go on at the same time.
    var journal = new Grouped(before.afterCrash(intended));
    run(journal, handler).execute(Script.of(text));

    assertThat(journal.intents).contains((long) branches);
  }

  /** Laws 2 and 5: nobody is asked or paid again for what had come back. */
  @Test
  void whatEndedBeforeTheProcessLeavesIsWritten() throws Exception {
    var journal = new MemoryJournal();
    var busy = new CountDownLatch(1);
    var left = new CountDownLatch(1);
    var runs = new ArrayList<Run>();
    Handler<World.Deed<?>> handler =
        deed ->
            Act.indeterminate(call -> {
              if (deed instanceof World.Do(var what) && what.equals("b")) {
                busy.await();
                Thread act = Thread.currentThread();
                Thread.ofVirtual()
                    .start(
                        new FutureTask<>(() -> {
                          act.join();
                          runs.getFirst().suspend();
                          left.countDown();
                          return "left";
                        }));
              }
              return "done";
            });
    runs.add(run(journal, handler));

    RunResult result =
        runs.getFirst()
            .execute(
                Script.of(script ->
                    script.gather(
                        () -> script.did("b"),
                        () -> {
                          script.did("a");
                          busy.countDown();
                          left.await(); // has the turn while b ends and the process is told to go
                          return script.did("c");
                        })));

    assertThat(result).isInstanceOf(RunResult.Suspended.class);
    assertThat(journal.all().stream().filter(Entry.Replied.class::isInstance))
        .extracting(entry -> ((Entry.Replied) entry).position().text())
        .containsExactly("1.1.1", "1.0.1");
  }

  /** Law 7: also on the first run, the script sees what the journal has. */
  @Test
  void theScriptSeesTheSameValueOnTheFirstRunAsOnAReplay() throws Exception {
    var seen = new ArrayList<Object>();
    Script.Text text =
        script -> {
          Object reply = script.yield(anything(new World.Look("x")));
          seen.add(reply.getClass());
          seen.add(reply);
          return "done";
        };
    Handler<World.Deed<?>> handler =
        deed ->
            Act.repeatable(
                call -> new ArrayList<>(List.of(new StringBuilder("text"), List.of(1L, 2.5))));
    var journal = new MemoryJournal();

    run(journal, handler).execute(Script.of(text));
    int ended = journal.all().size() - 1;
    run(journal.afterCrash(ended), handler).execute(Script.of(text));

    assertThat(seen).hasSize(4);
    assertThat(seen.subList(2, 4)).isEqualTo(seen.subList(0, 2));
    assertThat(seen.get(1)).isEqualTo(List.of("text", List.of(1L, 2.5)));
  }

  /** Laws 2 and 5. */
  @Test
  void whatAKilledProgramHadDoneIsFoundAndNotRepeated() throws Exception {
    var host = new Host(new World());
    host.world.killed.put("done", 1);
    host.world.killed.put("undone", 2);

    RunResult result = host.execute(script -> script.did("done") + script.did("undone"));

    assertThat(result).isEqualTo(new RunResult.Done("DONEUNDONE"));
    assertThat(host.world.log).containsExactly("done", "undone");
  }

  @Test
  void aProgramThatIsKilledEachTimeIsAFailure() throws Exception {
    var host = new Host(new World());
    host.world.killed.put("x", 9);

    RunResult result = host.execute(script -> script.did("x"));

    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Failed.class, failed -> assertThat(failed.message()).contains("was killed"));
    assertThat(host.world.log).isEmpty();
  }

  @Test
  void aStepThatIsKilledEachTimeIsNotTriedAgainWithTheWholeAct() throws Exception {
    var host = new Host(new World());
    host.world.killed.put("x1", 9);

    RunResult result = host.execute(script -> script.yield(new World.Twice("x")));

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(host.world.killed).containsEntry("x1", 6);
  }

  @Test
  void nobodyTriesAgainWhatNobodyCanFind() throws Exception {
    var host = new Host(new World());
    host.world.killed.put("x", 2);

    RunResult result = host.execute(script -> script.yield(new World.Blind("x")));

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(host.world.log).isEmpty();
  }

  @Test
  void aResultThatCannotBeJournaledIsKeptAsTextAndFailsNoRun() throws Exception {
    var journal = new MemoryJournal();

    RunResult result =
        run(journal, deed -> Act.repeatable(call -> null))
            .execute(Script.of(script -> Map.of(1, new Thread("x"))));

    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Done.class,
            done ->
                assertThat(done.value())
                    .asInstanceOf(map(String.class, Object.class))
                    .hasEntrySatisfying("1", text -> assertThat(text).isInstanceOf(String.class)));
    assertThat(journal.all().getLast())
        .isInstanceOfSatisfying(
            Entry.Ended.class, ended -> assertThat(ended.status()).isEqualTo("done"));
  }
}
