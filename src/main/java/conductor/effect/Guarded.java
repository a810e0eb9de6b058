package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * An effect with a decision on what becomes of its failure. Performed and journaled as the effect
 * itself.
 *
 * @param effect no control
 */
public record Guarded<R extends @Nullable Object>(Effect<R> effect, OnFailure onFailure)
    implements Effect<R> {

  @Override
  public String kind() {
    return effect.kind();
  }
}
