package conductor.effect;

/** How branches are brought together. */
public enum MergeStrategy {
  MERGE,
  SQUASH,
  REBASE
}
