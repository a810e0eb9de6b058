package conductor.engine.handler;

import conductor.effect.Effect;
import java.util.stream.Stream;

/**
 * Says how the effects of one family are performed. A handler returns an {@link Act} and performs
 * nothing by itself: the engine journals the intent, then performs, adopts or abandons the act. One
 * handler serves all branches of a run at once and must be safe for use by several threads.
 *
 * @param <E> the family
 */
public interface Handler<E extends Effect<?>> {

  /**
   * Returns the effect with its defaults filled in, such as the agent's type from the
   * configuration. Stored with the intent, so that a resumed run goes on with the same defaults.
   * Must change nothing outside.
   *
   * @throws conductor.effect.Failure when the effect cannot work; journaled as its reply
   */
  default E resolve(E effect) {
    return effect;
  }

  /**
   * Refuses an effect that must not go on beside others. Called before it is performed or adopted,
   * effect by effect in the order in which they were asked for.
   *
   * @param effect with its defaults filled in
   * @param key the key of its act
   * @param others the effects that were asked for before and go on
   * @throws conductor.effect.Failure when it is refused; journaled as its reply
   */
  default void admit(E effect, Key key, Stream<Ongoing> others) {}

  /** Returns the act that performs an effect whose defaults are filled in. */
  Act<?> act(E effect);
}
