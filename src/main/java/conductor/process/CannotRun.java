package conductor.process;

/** A program that cannot be started, or did not end in its time. */
public final class CannotRun extends RuntimeException {
  public CannotRun(String message) {
    super(message);
  }
}
