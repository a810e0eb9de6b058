package conductor.effect;

/**
 * The failure of an act that was under way when the host died: nobody can tell whether it happened.
 */
public final class Indeterminate extends Failure {

  /** The position of the act. */
  public final String position;

  /** The effect's name. */
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
