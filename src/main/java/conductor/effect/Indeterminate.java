package conductor.effect;

/** The host died while an act was under way, and nobody can tell whether it happened. */
public final class Indeterminate extends Failure {

  /** The position of the act. */
  public final String position;

  /** What was asked for. */
  public final String effect;

  public Indeterminate(String position, String effect) {
    super(
        effect
            + " at "
            + position
            + " was under way when the host died, and whether it happened cannot be told; look, then 'resume' to do it again");
    this.position = position;
    this.effect = effect;
  }
}
