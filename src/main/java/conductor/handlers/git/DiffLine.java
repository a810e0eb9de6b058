package conductor.handlers.git;

/**
 * A line of a difference.
 *
 * @param from its number before, from 1 on; 0 when it was not there
 * @param to its number after; 0 when it is not there
 * @param text without its line end and without the mark that a patch has before it
 */
public record DiffLine(Kind kind, int from, int to, String text) {

  /** What became of a line. */
  public enum Kind {
    CONTEXT("", " "),
    ADDED("added", "+"),
    REMOVED("removed", "-"),
    /** No line of the file: says that the line before it has no line end. */
    NOTE("note", "\\");

    private final String word;
    private final String mark;

    Kind(String word, String mark) {
      this.word = word;
      this.mark = mark;
    }

    /** Returns the kind in one word; empty for a line that did not change. */
    public String word() {
      return word;
    }

    /** Returns the mark that a patch has before such a line. */
    public String mark() {
      return mark;
    }
  }
}
