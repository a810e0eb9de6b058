package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * Answers the effects of a script. The one thing that scripts and engines share: a script host
 * calls it, an engine (live, planning, simulating, distributed) implements it.
 */
public interface Performer {

  /**
   * Hands over an effect and waits for its reply.
   *
   * @param site where the script asks
   * @return the reply in its journaled form
   * @throws Failure when the effect failed; scripts may catch it
   * @throws Cancelled when the branch is cancelled; scripts must not catch it
   * @throws IllegalStateException from a thread that is not the asking branch's own
   */
  @Nullable Object perform(Effect<?> effect, Site site);
}
