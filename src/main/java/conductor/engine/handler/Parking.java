package conductor.engine.handler;

import conductor.effect.Effect;
import conductor.effect.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Lets people decide what becomes of an effect that failed, while the rest of the run goes on.
 * Until they have, the failure is parked: no script sees it.
 */
public interface Parking {

  /** Returns whether a failure of an effect is parked, where its script does not say. */
  boolean parks(Effect<?> effect);

  /**
   * Asks people what becomes of a failure, waits, and returns what they decided.
   *
   * @param gate the name under which the question is answered
   * @param effect with its defaults filled in
   */
  Decision ask(String gate, Effect<?> effect, Failure failure, Call call)
      throws InterruptedException;

  sealed interface Decision {

    /** The decision to perform the effect again, with defaults and what people changed. */
    record Again(Effect<?> effect) implements Decision {}

    /** The decision to give the effect this reply, as if it had been performed. */
    record Reply(@Nullable Object value) implements Decision {}

    /** The decision to give the failure to the script. */
    record Fail() implements Decision {}
  }

  static Parking never() {
    return new Parking() {
      @Override
      public boolean parks(Effect<?> effect) {
        return false;
      }

      @Override
      public Decision ask(String gate, Effect<?> effect, Failure failure, Call call) {
        return new Decision.Fail();
      }
    };
  }
}
