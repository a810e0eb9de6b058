package conductor.config;

import conductor.error.UserError;

/** A project brings programs that nobody said may run here. */
public final class NotTrusted extends UserError {

  NotTrusted(String message) {
    super(Kind.REQUEST, message);
  }
}
