package conductor.process;

/** A program that cannot be started, or did not end in its time. */
public sealed class CannotRun extends RuntimeException permits Overdue {
  public CannotRun(String message) {
    super(message);
  }
}
