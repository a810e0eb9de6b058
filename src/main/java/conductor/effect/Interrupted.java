package conductor.effect;

/**
 * Unwinds what a person entered into a session and then interrupted. Unlike any other cancellation
 * it does not end the run: code that catches it goes on.
 */
public final class Interrupted extends Cancelled {

  public Interrupted(String message) {
    super(message);
  }
}
