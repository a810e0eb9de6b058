package conductor.cli;

import conductor.error.UserError;

/** A command line that cannot be followed; exit code 2. */
public final class Usage extends UserError {
  public Usage(String message) {
    super(Kind.REQUEST, message);
  }
}
