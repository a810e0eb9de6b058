package conductor.run.record;

import conductor.error.UserError;

/** The error for a run that another live process executes. */
public final class OwnedElsewhere extends UserError {
  public OwnedElsewhere(String message) {
    super(Kind.REQUEST, message);
  }
}
