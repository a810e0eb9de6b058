package conductor.effect;

/**
 * An effect was constructed wrongly: an unknown, missing or ill-typed argument, or an unknown
 * effect. The script's mistake.
 */
public final class BadArguments extends RuntimeException {

  /**
   * @param message one line, with the signature and the nearest name where there is one
   */
  public BadArguments(String message) {
    super(message);
  }
}
