package conductor.error;

import org.jspecify.annotations.Nullable;

/**
 * An error that whoever called conductor can understand and act on: its message says what failed,
 * where, which values were seen and what to do, and is shown without the host's frames.
 *
 * <p>What went wrong inside a workflow is no error of this family but a {@code Failure}, which
 * scripts can catch. Anything else that reaches the command line is a bug of conductor. The family
 * is open, for each package names its own errors; what the command line has to know of them is
 * {@link #kind}.
 */
public abstract class UserError extends RuntimeException {

  /** What the user has to mend. */
  public enum Kind {
    /** What was asked for, or configured: exit code 2. Nothing was started. */
    REQUEST,

    /** What conductor found on the machine: exit code 4. What was done so far is kept. */
    MACHINE
  }

  private final Kind kind;

  /** Returns an error without a cause. */
  protected UserError(Kind kind, String message) {
    this(kind, message, null);
  }

  /** Returns an error that another one led to. */
  protected UserError(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns what the user has to mend. */
  public final Kind kind() {
    return kind;
  }
}
