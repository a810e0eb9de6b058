package conductor.process;

import conductor.error.UserError;

/** The error of a program that cannot be started, or did not end in its time. */
public sealed class CannotRun extends UserError permits Overdue {
  public CannotRun(String message) {
    super(Kind.MACHINE, message);
  }
}
