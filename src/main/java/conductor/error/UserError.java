package conductor.error;

import org.jspecify.annotations.Nullable;

/**
 * An error that the user can understand and act on: its message says what failed, where, which
 * values were seen and what to do, and is shown without stack frames.
 *
 * <p>A failure inside a workflow is not a subclass of this but a {@code Failure}, which scripts can
 * catch. Any other exception that reaches the command line is a bug of conductor. The class is not
 * sealed, for each package names its own errors; all that the command line has to know of them is
 * {@link #kind}.
 */
public abstract class UserError extends RuntimeException {

  /** The kind of thing that the user has to mend. */
  public enum Kind {
    /** The request or the configuration: exit code 2. Nothing was started. */
    REQUEST,

    /** Something that conductor found on the machine: exit code 4. What was done so far is kept. */
    MACHINE
  }

  private final Kind kind;

  protected UserError(Kind kind, String message) {
    this(kind, message, null);
  }

  protected UserError(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public final Kind kind() {
    return kind;
  }
}
