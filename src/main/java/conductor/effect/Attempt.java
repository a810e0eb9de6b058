package conductor.effect;

import org.jspecify.annotations.Nullable;

/** How a {@code Try} ended. */
public sealed interface Attempt {

  /** Returns whether it ended with a value. */
  boolean ok();

  /** It ended with this value. */
  record Ok(@Nullable Object value) implements Attempt {
    @Override
    public boolean ok() {
      return true;
    }
  }

  /** It ended with this failure. */
  record Err(Failure failure) implements Attempt {
    @Override
    public boolean ok() {
      return false;
    }
  }
}
