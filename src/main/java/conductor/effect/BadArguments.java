package conductor.effect;

/**
 * The error of a script that constructs an effect wrongly: with an unknown, missing or ill-typed
 * argument, or under an unknown name.
 */
public final class BadArguments extends RuntimeException {

  /** The message is one line, with the signature and the nearest name where there is one. */
  public BadArguments(String message) {
    super(message);
  }
}
