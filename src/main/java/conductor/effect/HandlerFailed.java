package conductor.effect;

/**
 * The failure of a handler for a reason outside the effect's own, such as a missing program or a
 * bug.
 */
public final class HandlerFailed extends Failure {

  public final String effect;
  public final String reason;

  public HandlerFailed(String effect, String reason) {
    super(effect + " could not be performed: " + reason);
    this.effect = effect;
    this.reason = reason;
  }
}
