package conductor.workflow;

import conductor.error.UserError;

/** A run that cannot begin or go on for a reason that the user can mend; nothing was started. */
public final class CannotStart extends UserError {
  public CannotStart(String message) {
    super(Kind.REQUEST, message);
  }
}
