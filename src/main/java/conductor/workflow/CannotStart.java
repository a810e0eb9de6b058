package conductor.workflow;

import conductor.error.UserError;

/**
 * The error for a run that cannot begin or resume for a reason that the user can fix; nothing was
 * started.
 */
public final class CannotStart extends UserError {
  public CannotStart(String message) {
    super(Kind.REQUEST, message);
  }
}
