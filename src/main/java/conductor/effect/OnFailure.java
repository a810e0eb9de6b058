package conductor.effect;

/** The treatment of an effect's failure. */
public enum OnFailure {
  /** Throws it in the script. */
  FAIL,
  /** Lets people decide, while the rest of the run goes on. */
  PARK
}
