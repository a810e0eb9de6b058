package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.HandlerFailed;
import conductor.effect.RunEffect;
import conductor.effect.Task;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.MemoryJournal;
import conductor.journal.Note;
import conductor.journal.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run tells, what becomes of handlers that break, and what branches share. */
class RunTest {

  private final MemoryJournal journal = new MemoryJournal();
  private final List<Entry> appended = new ArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();

  private class Telling implements RunListener {
    @Override
    public void appended(Entry entry) {
      appended.add(entry);
    }

    @Override
    public void blocked(boolean blocked) {
      told.add(blocked ? "blocked" : "goes on");
    }

    @Override
    public void busy(String where) {
      told.add(where);
    }

    @Override
    public void warned(String text) {
      told.add(text);
    }
  }

  private Run run(Handlers handlers, RunListener listener) {
    Redactor secrets = Redactor.none().with("S", "secret-1");
    return new Run(
        "wf-000001",
        journal,
        new Codec(new Blobs(Path.of("target/nowhere")), secrets),
        handlers,
        Parking.never(),
        listener,
        InstantSource.system());
  }

  private RunResult execute(Handler<World.Deed<?>> handler, Script.Text text) throws Exception {
    return run(Handlers.none().with(World.Deed.class, handler), new Telling())
        .execute(Script.of(text));
  }

  @Test
  void theListenerIsToldWhatIsWrittenAndWhatTheResultLost() throws Exception {
    RunResult result =
        execute(
            _ ->
                Act.repeatable(call -> {
                  call.say("it is secret-1");
                  return "done";
                }),
            script -> {
              script.did("a");
              return new Thread("x");
            });

    assertThat(result).isInstanceOf(RunResult.Done.class);
    assertThat(appended).isEqualTo(journal.all());
    assertThat(appended)
        .anySatisfy(entry ->
            assertThat(entry)
                .isInstanceOfSatisfying(
                    Entry.Noted.class,
                    noted -> assertThat(noted.note()).isEqualTo(Note.of("it is ***S***"))));
    assertThat(told)
        .containsExactly(
            "the result is a java.lang.Thread, which is no plain value: its text is kept");
  }

  @Test
  void aRunIsBlockedWhereAllThatGoesOnWaitsForPeople() throws Exception {
    var answered = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    RunListener listener =
        new Telling() {
          @Override
          public void blocked(boolean blocked) {
            super.blocked(blocked);
            answered.countDown();
          }
        };
    Handler<World.Deed<?>> handler =
        deed ->
            Act.repeatable(call -> {
              if (deed instanceof World.Do) {
                asked.await(); // the other branch asks first: nothing is blocked by then
                return "done";
              }
              call.waitsForPerson("may I?");
              asked.countDown();
              answered.await();
              call.waitsForPerson("");
              return "yes";
            });

    RunResult result =
        run(Handlers.none().with(World.Deed.class, handler), listener)
            .execute(
                Script.of(script ->
                    script.gather(
                        () -> script.yield(new World.Blind("?")), () -> script.did("a"))));

    assertThat(result).isEqualTo(new RunResult.Done(List.of("yes", "done")));
    assertThat(told).containsExactly("blocked", "goes on");
  }

  @Test
  void allListenersAreTold() {
    RunListener all = RunListener.all(List.of(new Telling(), RunListener.none(), new Telling()));
    var entry = new Entry.Stopped(Instant.EPOCH, "x");

    all.appended(entry);
    all.blocked(true);
    all.busy("here");
    all.warned("beware");

    assertThat(appended).containsExactly(entry, entry);
    assertThat(told).containsExactly("blocked", "blocked", "here", "here", "beware", "beware");
  }

  private static void failsWith(RunResult result, String message) {
    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed ->
                assertThat(failed.error())
                    .isInstanceOfSatisfying(
                        HandlerFailed.class,
                        error -> {
                          assertThat(error.effect).isEqualTo("Do");
                          assertThat(error.reason).isEqualTo(message);
                        }));
  }

  @Test
  void anErrorOfAHandlerIsAFailureOfItsEffect() throws Exception {
    failsWith(
        execute(
            _ ->
                Act.repeatable(call -> {
                  throw new IllegalArgumentException("no such thing");
                }),
            script -> script.did("a")),
        "no such thing");
    failsWith(
        execute(
            _ ->
                Act.repeatable(call -> {
                  throw new IllegalStateException();
                }),
            script -> script.did("a")),
        "java.lang.IllegalStateException");
  }

  @Test
  void anEffectThatItsHandlerRefusesIsAFailureWithAnIntent() throws Exception {
    failsWith(
        execute(
            _ -> {
              throw new IllegalStateException("not here");
            },
            script -> script.did("a")),
        "not here");
    assertThat(journal.all())
        .extracting(entry -> entry.getClass().getSimpleName())
        .containsExactly("Asked", "Replied", "Ended");
  }

  @Test
  void anEffectWithoutAHandlerIsAFailure() throws Exception {
    failsWith(
        run(Handlers.none(), RunListener.none()).execute(Script.of(script -> script.did("a"))),
        "no handler answers Do");
  }

  /** F10. */
  @Test
  void anErrorOfTheDiskStopsTheRunWithoutAReply() {
    assertThatThrownBy(() ->
            execute(
                _ ->
                    Act.repeatable(call -> {
                      throw new UncheckedIOException("disk", new IOException("full"));
                    }),
                script -> script.did("a")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("disk; the run stops here and can be resumed");
    assertThat(journal.all())
        .extracting(entry -> entry.getClass().getSimpleName())
        .containsExactly("Asked");
  }

  @Test
  void aHandlerThatBreaksStopsTheRun() {
    assertThatThrownBy(() ->
            execute(
                _ ->
                    Act.repeatable(call -> {
                      throw new AssertionError("a bug");
                    }),
                script -> script.did("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the handler of Do broke: java.lang.AssertionError: a bug");
  }

  /** Law 6. */
  @Test
  void aReplyThatCannotBeWrittenIsAFailure() throws Exception {
    RunResult result =
        execute(_ -> Act.repeatable(call -> new Thread("x")), script -> script.did("a"));

    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed -> assertThat(failed.message()).contains("Do's reply is a java.lang.Thread"));
  }

  @Test
  void whatIsPutIsThereAlsoOnAReplay() throws Exception {
    var host = new Host(new World());
    Script.Text text =
        script -> {
          Object before = script.yield(new RunEffect.Get("k"));
          script.yield(new RunEffect.Put("k", List.of(1L)));
          script.yield(new RunEffect.Status("busy", null, null, null));
          script.did("a");
          return before + " " + script.yield(new RunEffect.Get("k"));
        };

    assertThat(host.execute(text)).isEqualTo(new RunResult.Done("null [1]"));
    for (int n = 0; n < host.journal.all().size(); n++) {
      assertThat(host.afterCrash(n).execute(text)).isEqualTo(new RunResult.Done("null [1]"));
    }
  }

  @Test
  void aTaskThatNobodySpawnedCannotBeWaitedFor() throws Exception {
    RunResult result = new Host(new World()).execute(script -> script.await(new Task("9")));

    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed -> assertThat(failed.error()).hasMessage("no task 9 was spawned in this run"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureOfATaskIsTheRunsUnlessSomebodyWaitedForIt(boolean waits) throws Exception {
    var host = new Host(new World());
    host.world.broken.add("bad");

    RunResult result =
        host.execute(script -> {
          var task = script.spawn(() -> script.did("bad"));
          if (waits) {
            try {
              script.await(task);
            } catch (HandlerFailed e) {
              script.did("after");
            }
          }
          return "done";
        });

    assertThat(result).isInstanceOf(waits ? RunResult.Done.class : RunResult.Failed.class);
  }

  @Test
  void aStopThatComesTwiceIsWrittenOnceAndTheLastReasonCounts() throws Exception {
    var host = new Host(new World());
    Run run = host.started();
    Thread stopping =
        Thread.ofVirtual()
            .start(() -> {
              try {
                host.world.hung.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              run.stop("first");
              run.stop("second");
            });

    RunResult result = run.execute(Script.of(script -> script.yield(new World.Hang("a"))));
    stopping.join();

    assertThat(result).isInstanceOf(RunResult.Aborted.class);
    assertThat(host.journal.all()).filteredOn(Entry.Stopped.class::isInstance).hasSize(1);
    assertThat(History.of(host.journal.all()).stopped()).isTrue();
  }
}
