package conductor.effect;

/**
 * Unwinds a branch that lost a race, whose sibling failed, or whose run was stopped. An {@code
 * Error}, so that an untyped {@code catch} of a script does not see it; no failure of an effect.
 */
public sealed class Cancelled extends Error permits Interrupted {

  public Cancelled(String message) {
    super(message);
  }
}
