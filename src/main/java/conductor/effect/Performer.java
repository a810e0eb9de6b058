package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * Answers the effects of a script. The only interface between scripts and engines: a script host
 * calls it, and an engine implements it.
 */
public interface Performer {

  /**
   * Hands over an effect and waits for its reply.
   *
   * @param site the place in the script that asks
   * @return the reply in its journaled form
   * @throws Failure when the effect failed; scripts may catch it
   * @throws Cancelled when the branch is cancelled; scripts must not catch it
   * @throws IllegalStateException from a thread that is not the asking branch's own
   */
  @Nullable Object perform(Effect<?> effect, Site site);
}
