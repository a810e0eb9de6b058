package conductor.cli;

import conductor.error.UserError;

/** The error for a command line that cannot be executed; exit code 2. */
public final class UsageError extends UserError {
  public UsageError(String message) {
    super(Kind.REQUEST, message);
  }
}
