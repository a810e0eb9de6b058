package conductor.effect;

/**
 * Unwinds what a person entered when they interrupt it. Unlike any other cancellation it leaves the
 * run as it is: who catches it goes on.
 */
public final class Interrupted extends Cancelled {

  public Interrupted(String message) {
    super(message);
  }
}
