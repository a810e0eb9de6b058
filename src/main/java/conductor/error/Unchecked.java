package conductor.error;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Runs operations on files that are not expected to fail: an error becomes unchecked, in words. */
public final class Unchecked {

  private Unchecked() {}

  /** An operation with a result. */
  @FunctionalInterface
  public interface Operation<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** An operation without a result. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  /**
   * Runs an operation and returns its result.
   *
   * @param what the operation in words, such as {@code read FILE}
   * @throws UncheckedIOException with the message {@code cannot WHAT: REASON}
   */
  public static <T extends @Nullable Object> T get(String what, Operation<T> operation) {
    try {
      return operation.run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot " + what + ": " + Reason.of(e), e);
    }
  }

  /** Runs an operation without a result, as {@link #get} does. */
  public static void run(String what, Action action) {
    get(
        what,
        () -> {
          action.run();
          return true;
        });
  }
}
