package conductor.engine;

import conductor.effect.Failure;
import conductor.effect.HandlerFailed;
import conductor.effect.Indeterminate;
import conductor.effect.Killed;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.journal.Codec;
import conductor.journal.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs the acts of one effect in a given mode, and encodes their outcomes. Writes no journal.
 */
final class ActPerformer {

  /** Largest number of attempts at an act whose program is killed from outside. */
  private static final int TRIES = 3;

  /**
   * Pause after the first attempt; longer after later ones. What killed the program often kills the
   * host next, and nothing is concluded before.
   */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String effect;
  private final Codec codec;
  private final BooleanSupplier cancelling;

  ActPerformer(String effect, Codec codec, BooleanSupplier cancelling) {
    this.effect = effect;
    this.codec = codec;
    this.cancelling = cancelling;
  }

  /** The call that an act is given, which also says whether a step of the act failed. */
  interface StepCall extends Call {

    /**
     * Returns whether a step failed. A step has attempts of its own, so its act is not attempted
     * again.
     */
    boolean stepFailed();
  }

  /**
   * Performs an act and returns its encoded outcome: its reply, its failure, or that it was
   * cancelled.
   *
   * @throws InterruptedException when the act ended early
   * @throws UncheckedIOException when the disk failed, which is no reply (F10)
   */
  Outcome outcome(Act<?> act, StepCall call, Mode mode) throws InterruptedException {
    Object reply;
    try {
      reply = insist(act, call, mode);
    } catch (Failure failure) {
      return new Outcome.Failed(codec.encodeFailure(failure));
    } catch (RuntimeException e) {
      if (cancelling.getAsBoolean() && Thread.currentThread().isInterrupted()) {
        return new Outcome.Cancelled();
      }
      if (e instanceof UncheckedIOException io) {
        throw io;
      }
      return new Outcome.Failed(codec.encodeFailure(new HandlerFailed(effect, reason(e))));
    }
    try {
      return mode == Mode.ABANDON
          ? new Outcome.Cancelled()
          : new Outcome.Value(codec.encode(reply, effect + "'s reply"));
    } catch (Failure failure) {
      return new Outcome.Failed(codec.encodeFailure(failure));
    }
  }

  /** Performs an act, and adopts it when a program that it had started was killed. */
  private @Nullable Object insist(Act<?> act, StepCall call, Mode mode)
      throws InterruptedException {
    Mode now = mode;
    for (int tries = 1; ; tries++) {
      try {
        return perform(act, call, now);
      } catch (Failure failure) {
        boolean again = failure instanceof Killed && now != Mode.ABANDON && tries < TRIES;
        if (!again || call.stepFailed() || act instanceof Act.Indeterminate) {
          throw failure;
        }
        Thread.sleep(PAUSE.multipliedBy(tries));
        now = Mode.ADOPT;
      }
    }
  }

  private @Nullable Object perform(Act<?> act, StepCall call, Mode mode)
      throws InterruptedException {
    return switch (act) {
      case Act.Repeatable<?>(var work) ->
          mode == Mode.ABANDON ? abandonSteps(work, call) : work.run(call);
      case Act.Immediate<?>(var work) -> mode == Mode.ABANDON ? null : work.run(call);
      case Act.Adoptable<?>(var work, var adopt, var abandon) ->
          switch (mode) {
            case FRESH -> work.run(call);
            case ADOPT -> adopt.run(call);
            case ABANDON -> abandon.run(call);
          };
      case Act.Indeterminate<?>(var work) ->
          switch (mode) {
            case FRESH -> work.run(call);
            case ADOPT -> throw new Indeterminate(call.key().position(), effect);
            case ABANDON -> null;
          };
    };
  }

  /** Goes through the recorded steps up to the open one, which is abandoned. */
  private @Nullable Object abandonSteps(Act.Work<?> work, StepCall call)
      throws InterruptedException {
    try {
      work.run(call);
      return null;
    } catch (Abandoned e) {
      return null;
    }
  }

  private static String reason(RuntimeException error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  /** Unwinds the work of an abandoned effect once its open step is dealt with. */
  static final class Abandoned extends RuntimeException {
    Abandoned() {
      super("abandoned", null, false, false);
    }
  }
}
