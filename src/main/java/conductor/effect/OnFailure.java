package conductor.effect;

/** What becomes of an effect's failure. */
public enum OnFailure {
  /** The script gets it. */
  FAIL,
  /** People decide, while the rest of the run goes on. */
  PARK
}
