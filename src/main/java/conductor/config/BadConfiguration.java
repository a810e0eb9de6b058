package conductor.config;

import conductor.error.UserError;

/** The error of a configuration that cannot be used; says where and what. */
public final class BadConfiguration extends UserError {
  public BadConfiguration(String message) {
    super(Kind.REQUEST, message);
  }
}
