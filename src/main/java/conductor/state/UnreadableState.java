package conductor.state;

import conductor.error.UserError;

/** A state file that is not what this version of conductor writes; it was not touched. */
public final class UnreadableState extends UserError {

  /** Whether another version or program wrote it, which can read it. */
  public final boolean newer;

  public UnreadableState(String message) {
    this(message, false);
  }

  /**
   * The same.
   *
   * @param newer whether another version or program wrote it, which can read it
   */
  public UnreadableState(String message, boolean newer) {
    super(Kind.MACHINE, message);
    this.newer = newer;
  }
}
