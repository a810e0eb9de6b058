package conductor.script;

/** Unknown, missing or ill-typed parameters of a workflow: nothing of it ran. */
public final class BadParameters extends RuntimeException {
  public BadParameters(String message) {
    super(message);
  }
}
