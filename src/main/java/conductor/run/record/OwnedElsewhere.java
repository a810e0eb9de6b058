package conductor.run.record;

import conductor.error.UserError;

/** Another live process executes the run. */
public final class OwnedElsewhere extends UserError {
  public OwnedElsewhere(String message) {
    super(Kind.REQUEST, message);
  }
}
