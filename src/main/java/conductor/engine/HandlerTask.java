package conductor.engine;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.engine.handler.Act;
import conductor.engine.handler.Key;
import conductor.engine.handler.Parking;
import conductor.journal.Codec;
import conductor.journal.Note;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler's act for one effect, or the question about its failure, mostly on a virtual
 * thread of its own. Tells the loop by mail what the handler does and how it ends; writes no
 * journal.
 */
final class HandlerTask implements RunningEffect {

  /** The loop's answer about a step: its outcome, or the key and mode to perform it with. */
  sealed interface Step {
    record Recorded(Outcome outcome) implements Step {}

    record ToDo(Position position, Key key, Mode mode, Instant askedAt) implements Step {}
  }

  final Pending pending;
  final Mode mode;
  private final Codec codec;
  private final InstantSource clock;
  private final BlockingQueue<LoopEvent> mail;
  private final ActPerformer acts;
  private volatile boolean suspending;
  private volatile boolean cancelling;
  private volatile @Nullable Instant completedAt;
  private volatile boolean asksPerson;
  private @Nullable Thread thread;

  HandlerTask(
      Pending pending, Mode mode, Codec codec, InstantSource clock, BlockingQueue<LoopEvent> mail) {
    this.pending = pending;
    this.mode = mode;
    this.codec = codec;
    this.clock = clock;
    this.mail = mail;
    this.acts = new ActPerformer(pending.effect(), codec, () -> cancelling);
  }

  void start(Act<?> act, Key key, Instant askedAt) {
    start(pending.effect(), () -> run(act, key, askedAt));
  }

  private void start(String does, Runnable work) {
    thread = Thread.ofVirtual().name(pending.position + " " + does).start(work);
  }

  void ask(Parking parking, Question question, Key key, Instant askedAt) {
    start("asks", () -> decide(parking, question, new ActCall(key, askedAt)));
  }

  /** A failure of an effect, and the name of the gate at which people decide on it. */
  record Question(String gate, Effect<?> effect, Failure failure) {}

  private void decide(Parking parking, Question question, ActCall call) {
    try {
      mail.add(
          new LoopEvent.Decided(
              this, parking.ask(question.gate(), question.effect(), question.failure(), call)));
    } catch (InterruptedException e) {
      cancelled();
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  @Override
  public void cancel() {
    cancelling = true;
    interrupt();
  }

  @Override
  public void suspend() {
    suspending = true;
    interrupt();
  }

  @Override
  public boolean asksPerson() {
    return asksPerson;
  }

  /**
   * Returns whether the handler has said when the outcome came about, so that it has only to finish
   * what belongs to that outcome.
   */
  boolean hasCompleted() {
    return completedAt != null;
  }

  @Override
  public void join() throws InterruptedException {
    if (thread != null) {
      thread.join();
    }
  }

  private void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Performs an act on the calling thread, for one that takes no time. */
  void run(Act<?> act, Key key, Instant askedAt) {
    try {
      Outcome outcome = acts.outcome(act, new ActCall(key, askedAt), mode);
      Instant at = completedAt;
      mail.add(new LoopEvent.Performed(this, outcome, at == null ? clock.instant() : at));
    } catch (InterruptedException e) {
      cancelled();
    } catch (UncheckedIOException e) {
      mail.add(LoopEvent.Breaks.of(e));
    } catch (Error e) {
      broken(e);
    }
  }

  private void cancelled() {
    if (!suspending) {
      mail.add(new LoopEvent.Performed(this, new Outcome.Cancelled(), clock.instant()));
    }
  }

  private void broken(Throwable error) {
    mail.add(
        new LoopEvent.Breaks(
            new IllegalStateException(
                "the handler of " + pending.effect() + " broke: " + error, error)));
  }

  private final class ActCall implements ActPerformer.StepCall {

    private final Key key;
    private final Instant askedAt;

    private boolean stepFailed;

    ActCall(Key key, Instant askedAt) {
      this.key = key;
      this.askedAt = askedAt;
    }

    @Override
    public boolean stepFailed() {
      return stepFailed;
    }

    @Override
    public Key key() {
      return key;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // a step's null reply has a nullable T
    public <T extends @Nullable Object> T step(String name, Act<T> act)
        throws InterruptedException {
      Outcome outcome =
          switch (this.<Step>ask(
              answer ->
                  new LoopEvent.StepBegins(HandlerTask.this, key.epoch(), name, act, answer))) {
            case Step.Recorded recorded -> recorded.outcome();
            case Step.ToDo toDo -> take(toDo, act);
          };
      return switch (outcome) {
        case Outcome.Value value -> (T) codec.decode(value.value());
        case Outcome.Failed failed -> {
          stepFailed = true;
          throw codec.decodeFailure(failed.failure());
        }
        case Outcome.Cancelled _ -> throw new InterruptedException("cancelled");
      };
    }

    private Outcome take(Step.ToDo toDo, Act<?> act) throws InterruptedException {
      if (mode == Mode.ABANDON && toDo.mode() == Mode.FRESH) {
        throw new ActPerformer.Abandoned();
      }
      Outcome outcome = attempt(toDo, act);
      this.<Boolean>ask(
          written -> new LoopEvent.StepEnds(HandlerTask.this, toDo.position(), outcome, written));
      if (mode == Mode.ABANDON) {
        throw new ActPerformer.Abandoned();
      }
      return outcome;
    }

    private Outcome attempt(Step.ToDo toDo, Act<?> act) throws InterruptedException {
      try {
        return acts.outcome(act, new ActCall(toDo.key(), toDo.askedAt()), toDo.mode());
      } catch (InterruptedException e) {
        if (suspending) {
          throw e;
        }
        return new Outcome.Cancelled();
      }
    }

    /**
     * Asks the loop and waits for its answer. A cancelled handler waits, too, so that no act begins
     * without its intent.
     */
    private <A> A ask(Function<CompletableFuture<A>, LoopEvent> question)
        throws InterruptedException {
      var answer = new CompletableFuture<A>();
      mail.add(question.apply(answer));
      boolean interrupted = false;
      while (true) {
        try {
          A value = answer.get();
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
          return value;
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
          if (suspending) {
            throw e;
          }
          interrupted = true;
        }
      }
    }

    @Override
    public void say(Note note) {
      mail.add(new LoopEvent.Says(HandlerTask.this, note));
    }

    @Override
    public Instant askedAt() {
      return askedAt;
    }

    @Override
    public void stillRunning() {
      mail.add(new LoopEvent.StillRunning(HandlerTask.this));
    }

    @Override
    public void completedAt(Instant at) {
      completedAt = at;
    }

    @Override
    public void waitsForPerson(String question) {
      asksPerson = !question.isEmpty();
      mail.add(new LoopEvent.WaitsForPerson());
    }

    @Override
    public boolean suspending() {
      return suspending;
    }
  }
}
