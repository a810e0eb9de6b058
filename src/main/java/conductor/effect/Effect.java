package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * A request of a workflow, as an immutable value: says what is to be done, never how. A script
 * yields an effect to its {@link Performer}; the reply comes back as a value of {@code R} or as a
 * {@link Failure}.
 *
 * <p>Effects are records grouped in sealed families ({@link WorktreeEffect}, {@link GitEffect},
 * ...), so that the handler of a family is a {@code switch} that the compiler checks. {@link
 * Control} is the one family that no handler answers: it shapes the run itself.
 *
 * <p>An effect does nothing by being constructed and holds no reference to an engine, a handler or
 * a run. Its {@code with} methods return copies.
 *
 * @param <R> the type of the reply
 */
public interface Effect<R extends @Nullable Object> {

  /** Returns this effect with a decision on what becomes of its failure. */
  default Effect<R> withOnFailure(OnFailure onFailure) {
    return new Guarded<>(this, onFailure);
  }

  /** Returns the name of this kind of effects in scripts and journals. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
