package conductor.engine.handler;

import conductor.effect.Effect;

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

  /** Returns the act that performs an effect whose defaults are filled in. */
  Act<?> act(E effect);
}
