package conductor.report;

import conductor.handlers.git.Diff;
import conductor.handlers.git.DiffFile;
import conductor.handlers.git.DiffLine;
import conductor.handlers.people.Shown;
import conductor.journal.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * Makes texts of agents, commands and issues fit to be shown to anyone: without known secrets,
 * control characters and changes of direction, and cut once a page holds too much. Not safe for use
 * by several threads.
 */
public final class Texts {

  /** What all texts of a page may take, in bytes of HTML. */
  private static final int ALL = 16_000_000;

  /** What one long text may take, in bytes of HTML. */
  private static final int ONE = 1_000_000;

  private static final int FILES = 3_000;

  /** What a file of a difference takes besides its lines, and a line besides its text. */
  private static final int FILE = 1_000;

  private static final int LINE = 300;

  private static final int LINES_OF_A_FILE = 2_000;
  private static final int LONGEST_LINE = 2_000;

  private final Redactor secrets;
  private int left = ALL;

  /** Creates the texts of one page. */
  public Texts(Redactor secrets) {
    this.secrets = secrets;
  }

  /** Returns a text of any length, such as a result; of a long one the end. */
  public String end(String text) {
    return end(text, 0);
  }

  /**
   * Returns the end of a text that is longer than what is given of it, such as a conversation.
   *
   * @param before how many bytes before what is given there are
   */
  public String end(String text, long before) {
    String shown = of(text);
    int room = Math.min(ONE, left);
    int begin = shown.length();
    int size = 0;
    while (begin > 0 && size + size(shown.charAt(begin - 1)) <= room) {
      size += size(shown.charAt(--begin));
    }
    left -= size;
    if (begin == 0 && before == 0) {
      return shown;
    }
    long bytes = shown.substring(0, begin).getBytes(StandardCharsets.UTF_8).length;
    String leftOut =
        before == 0
            ? "… %,d characters before this are left out\n".formatted(begin)
            : "… %,d bytes before this are left out\n".formatted(before + bytes);
    return leftOut + shown.substring(Math.max(begin, shown.indexOf('\n', begin) + 1));
  }

  /** Returns a text of any length, such as a script; of a long one the beginning. */
  public String beginning(String text) {
    String shown = of(text);
    int room = Math.min(ONE, left);
    int end = 0;
    int size = 0;
    while (end < shown.length() && size + size(shown.charAt(end)) <= room) {
      size += size(shown.charAt(end++));
    }
    left -= size;
    if (end == shown.length()) {
      return shown;
    }
    return shown.substring(0, Math.max(0, shown.lastIndexOf('\n', end) + 1))
        + "… %,d characters after this are left out\n".formatted(shown.length() - end);
  }

  /**
   * Returns a difference of any length; of a long file the first 2,000 lines, of a long line the
   * first 2,000 characters, and of very much no lines but the counts.
   */
  public Diff diff(Diff diff) {
    var files = new ArrayList<DiffFile>();
    for (DiffFile file : diff.files()) {
      if (files.size() < FILES) {
        files.add(file(file));
      }
    }
    return new Diff(files, diff.cut() || diff.files().size() > FILES);
  }

  private DiffFile file(DiffFile whole) {
    DiffFile file = whole.first(LINES_OF_A_FILE).map(this::code);
    int room = left - FILE;
    int lines = 0;
    for (DiffLine line : file.hunks().stream().flatMap(hunk -> hunk.lines().stream()).toList()) {
      // a line is in the page up to three times: in one column, and on each side
      int size = LINE + 3 * line.text().chars().map(c -> size((char) c)).sum();
      if (size > room) {
        break;
      }
      room -= size;
      lines++;
    }
    left = Math.max(0, room);
    return file.first(lines);
  }

  /** Returns a line of code, in which blanks count, and a carriage return is seen. */
  private String code(String text) {
    String shown = Shown.of(secrets.redact(text).replace('\r', '␍')).replace('\n', ' ');
    return shown.length() <= LONGEST_LINE
        ? shown
        : "%s… %,d characters after this are left out"
            .formatted(shown.substring(0, LONGEST_LINE), shown.length() - LONGEST_LINE);
  }

  /** Returns a short text in several lines. */
  public String of(String text) {
    return Shown.of(secrets.redact(text));
  }

  /** Returns a short text in one line. */
  public String line(String text) {
    return Shown.oneLine(secrets.redact(text));
  }

  /** Returns how many bytes a character takes in HTML, at most. */
  private static int size(char c) {
    return switch (c) {
      case '&', '<', '>', '"', '\'' -> 6;
      default -> c < 0x80 ? 1 : 3;
    };
  }
}
