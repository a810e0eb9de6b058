package conductor.config;

import conductor.error.UserError;

/** The error of a project that brings programs which nobody trusted. */
public final class NotTrusted extends UserError {

  NotTrusted(String message) {
    super(Kind.REQUEST, message);
  }
}
