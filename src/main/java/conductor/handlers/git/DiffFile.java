package conductor.handlers.git;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What differs in one file.
 *
 * @param from its path before; empty when it was added
 * @param to its path after; empty when it was deleted
 * @param oldMode git's mode before, such as {@code 100644}; empty when it was added
 * @param newMode git's mode after; empty when it was deleted
 * @param binary whether its content is no text, so that there are no hunks
 * @param added how many lines it gained, those that are left out too
 * @param removed how many lines it lost
 * @param leftOut how many lines of the hunks are left out
 */
public record DiffFile(
    String from,
    String to,
    Status status,
    String oldMode,
    String newMode,
    boolean binary,
    int added,
    int removed,
    List<DiffHunk> hunks,
    int leftOut) {

  private static final String LINK = "120000";
  private static final String SUBMODULE = "160000";

  /** What became of a file. */
  public enum Status {
    ADDED("new"),
    DELETED("deleted"),
    /** It has another path, and maybe another content. */
    RENAMED("renamed"),
    COPIED("copied"),
    MODIFIED(""),
    /** Nothing but its mode is another. */
    MODE("");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** Returns the status in one word; empty where the rest says enough. */
    public String word() {
      return word;
    }
  }

  public DiffFile {
    hunks = List.copyOf(hunks);
  }

  /** Returns the path that it has, or had before it was deleted. */
  public String path() {
    return to.isEmpty() ? from : to;
  }

  public boolean isMoved() {
    return status == Status.RENAMED || status == Status.COPIED;
  }

  /** Returns whether it is there before and after, with another mode. */
  public boolean isModeChanged() {
    return !oldMode.isEmpty() && !newMode.isEmpty() && !oldMode.equals(newMode);
  }

  public boolean isSubmodule() {
    return oldMode.equals(SUBMODULE) || newMode.equals(SUBMODULE);
  }

  public boolean isLink() {
    return oldMode.equals(LINK) || newMode.equals(LINK);
  }

  /** Returns how many lines the hunks have. */
  public int lines() {
    return hunks.stream().mapToInt(hunk -> hunk.lines().size()).sum();
  }

  /** Returns the same with other texts. */
  public DiffFile map(UnaryOperator<String> text) {
    return new DiffFile(
        text.apply(from),
        text.apply(to),
        status,
        oldMode,
        newMode,
        binary,
        added,
        removed,
        hunks.stream().map(hunk -> hunk.map(text)).toList(),
        leftOut);
  }

  /** Returns the same with the first lines of its hunks only. */
  public DiffFile first(int most) {
    int before = 0;
    var kept = new ArrayList<DiffHunk>();
    for (DiffHunk hunk : hunks) {
      if (before < most) {
        kept.add(hunk.first(most - before));
      }
      before += hunk.lines().size();
    }
    return new DiffFile(
        from,
        to,
        status,
        oldMode,
        newMode,
        binary,
        added,
        removed,
        kept,
        leftOut + Math.max(0, before - most));
  }
}
