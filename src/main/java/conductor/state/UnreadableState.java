package conductor.state;

import conductor.error.UserError;

/**
 * The error of a state file that is not what this version of conductor writes; the file was not
 * touched.
 */
public final class UnreadableState extends UserError {

  /** Whether another version or program wrote it, which can read it. */
  public final boolean newer;

  public UnreadableState(String message) {
    this(message, false);
  }

  public UnreadableState(String message, boolean newer) {
    super(Kind.MACHINE, message);
    this.newer = newer;
  }
}
