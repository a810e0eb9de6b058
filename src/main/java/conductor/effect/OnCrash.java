package conductor.effect;

/**
 * The treatment of an act that was under way when the host died and of which nobody can tell
 * whether it happened.
 */
public enum OnCrash {
  RERUN,
  FAIL,
  ASK
}
