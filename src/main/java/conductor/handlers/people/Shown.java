package conductor.handlers.people;

/**
 * Makes text of agents, issues, branches, forges and scripts safe for a terminal: nothing in the
 * result moves the cursor, sets the title, writes to the clipboard or changes the direction of
 * writing.
 */
public final class Shown {

  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';
  private static final char STRING_END = '\u009c';

  private final String text;
  private final StringBuilder shown;

  /** No string sequence that begins before this index has an end. */
  private int endless;

  private Shown(String text) {
    this.text = text;
    this.shown = new StringBuilder(text.length());
  }

  /**
   * Returns a text without escape sequences, without characters that override the direction of
   * writing, and without control characters other than line feeds and tabs. A single carriage
   * return becomes a line feed.
   */
  public static String of(String text) {
    for (int n = 0; n < text.length(); n++) {
      if (!isHarmless(text.charAt(n))) {
        return new Shown(text).all();
      }
    }
    return text;
  }

  /**
   * Returns a text made safe and in one line: each line end or tab, with the blanks around it,
   * becomes one blank.
   */
  public static String oneLine(String text) {
    var line = new StringBuilder();
    int blanks = 0;
    boolean broken = false;
    String shown = of(text).strip();
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t') {
        blanks++;
        broken |= c != ' ';
      } else {
        line.repeat(' ', broken ? Math.min(1, blanks) : blanks).append(c);
        blanks = 0;
        broken = false;
      }
    }
    return line.toString();
  }

  private static boolean isHarmless(int c) {
    return c == '\n' || c == '\t' || !(Character.isISOControl(c) || isOverride(c));
  }

  private static boolean isOverride(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }

  private String all() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isHarmless(c)) {
        shown.append(c);
      } else if (c == '\r' && !isAt(at + 1, '\n') && !isAt(at + 1, '\r')) {
        shown.append('\n');
      }
      at = after(at);
    }
    return shown.toString();
  }

  private boolean isAt(int index, char c) {
    return index < text.length() && text.charAt(index) == c;
  }

  private boolean isWithin(int index, char least, char most) {
    return index < text.length() && text.charAt(index) >= least && text.charAt(index) <= most;
  }

  /** Returns the index after the character or escape sequence that begins at an index. */
  private int after(int begin) {
    return switch (text.charAt(begin)) {
      case ESCAPE -> afterEscape(begin + 1);
      case '\u009b' -> afterControls(begin + 1);
      case '\u0090', '\u0098', '\u009d', '\u009e', '\u009f' -> afterString(begin + 1);
      default -> begin + 1;
    };
  }

  private int afterEscape(int at) {
    if (isAt(at, '[')) {
      return afterControls(at + 1);
    }
    if (isAt(at, ']') || isAt(at, 'P') || isAt(at, 'X') || isAt(at, '^') || isAt(at, '_')) {
      return afterString(at + 1);
    }
    int end = at;
    while (isWithin(end, ' ', '/')) {
      end++;
    }
    return isWithin(end, '0', '~') ? end + 1 : at;
  }

  /** Returns the index after the parameters and the final letter of a control sequence. */
  private int afterControls(int at) {
    int end = at;
    while (isWithin(end, '0', '?')) {
      end++;
    }
    while (isWithin(end, ' ', '/')) {
      end++;
    }
    return isWithin(end, '@', '~') ? end + 1 : end;
  }

  /**
   * Returns the index after a string sequence, such as a title; a sequence without an end in its
   * line is shown.
   */
  private int afterString(int at) {
    if (at < endless) {
      return at;
    }
    for (int end = at; end < text.length() && text.charAt(end) != '\n'; end++) {
      char c = text.charAt(end);
      if (c == BELL || c == STRING_END) {
        return end + 1;
      }
      if (c == ESCAPE && isAt(end + 1, '\\')) {
        return end + 2;
      }
      endless = end + 1;
    }
    return at;
  }
}
