package conductor.workflow;

/** A run that cannot begin or go on for a reason that the user can mend; nothing was started. */
public final class CannotStart extends RuntimeException {
  public CannotStart(String message) {
    super(message);
  }
}
