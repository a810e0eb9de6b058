package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * Something a workflow asks for, as an immutable value: it says what, never how. A script yields an
 * effect to its {@link Performer}; the reply comes back as a value of {@code R} or as a {@link
 * Failure}.
 *
 * <p>Effects are records grouped in sealed families ({@link WorktreeEffect}, {@link GitEffect},
 * ...), so that the handler of a family is a {@code switch} that the compiler checks. {@link
 * Control} is the one family that no handler answers: it shapes the run itself.
 *
 * <p>An effect does nothing by being constructed and holds no reference to an engine, a handler or
 * a run.
 *
 * @param <R> what the reply is
 */
public interface Effect<R extends @Nullable Object> {

  /** This effect, with a word on what becomes of its failure. */
  default Effect<R> withOnFailure(OnFailure onFailure) {
    return new Guarded<>(this, onFailure);
  }

  /** Returns the name scripts and journals know effects of this kind by. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
