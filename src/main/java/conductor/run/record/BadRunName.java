package conductor.run.record;

import conductor.error.UserError;

/** The error for a name that a run cannot be given. */
public final class BadRunName extends UserError {
  public BadRunName(String message) {
    super(Kind.REQUEST, message);
  }
}
