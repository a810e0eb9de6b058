package conductor.effect;

import org.jspecify.annotations.Nullable;

/** The result of a {@code Try}. */
public sealed interface Attempt {

  /** Returns whether the body ended with a value. */
  default boolean ok() {
    return this instanceof Ok;
  }

  /** The result of a body that ended with a value. */
  record Ok(@Nullable Object value) implements Attempt {}

  /** The result of a body that ended with a failure. */
  record Err(Failure failure) implements Attempt {}
}
