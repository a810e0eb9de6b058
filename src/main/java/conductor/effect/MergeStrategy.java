package conductor.effect;

/** The way in which branches are brought together. */
public enum MergeStrategy {
  MERGE,
  SQUASH,
  REBASE
}
