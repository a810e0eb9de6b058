package conductor.effect;

/**
 * The failure of an act that was under way when the host died: nobody can tell whether it happened.
 */
public final class Indeterminate extends Failure {

  public final String position;
  public final String effect;

  public Indeterminate(String position, String effect) {
    super(
        "%s at %s was under way when the host died, and whether it happened cannot be told; look, then 'resume' to do it again"
            .formatted(effect, position));
    this.position = position;
    this.effect = effect;
  }
}
