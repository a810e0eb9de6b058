package conductor.effect;

/**
 * A handler could not do its work for a reason outside the effect's own: a full disk, a missing
 * program, a bug.
 */
public final class HandlerFailed extends Failure {

  /** What was asked for. */
  public final String effect;

  /** What went wrong. */
  public final String reason;

  public HandlerFailed(String effect, String reason) {
    super(effect + " could not be performed: " + reason);
    this.effect = effect;
    this.reason = reason;
  }
}
