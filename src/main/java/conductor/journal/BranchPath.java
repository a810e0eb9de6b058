package conductor.journal;

/**
 * The place of a branch in the tree of a run: empty for the root, else the position of the control
 * that opened the branch and the branch's key, such as {@code 4.impl}. Keys are escaped so that
 * they hold no dot, slash or percent sign.
 */
public record BranchPath(String text) {

  /** The branch that runs the workflow itself. */
  public static final BranchPath ROOT = new BranchPath("");

  /** Returns the position of the n-th effect that this branch asks for, counted from 1. */
  public Position position(int n) {
    return new Position(prefix() + n);
  }

  /** Returns the position of the n-th effect asked for after a cancellation, counted from 1. */
  public Position cleanup(int n) {
    return new Position(prefix() + "c." + n);
  }

  /** Returns whether the other branch is this one or was opened, directly or not, from it. */
  public boolean encloses(BranchPath other) {
    return text.isEmpty() || other.text.equals(text) || other.text.startsWith(text + ".");
  }

  private String prefix() {
    return text.isEmpty() ? "" : text + ".";
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "root" : text;
  }
}
