package conductor.cli;

import conductor.handlers.people.Shown;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The output of a command: results go to standard output, everything else to standard error.
 *
 * <p>All commands print through this class: it removes control characters from foreign text.
 *
 * @param screen whether a person looks at standard output
 * @param terminal whether a person looks at standard error
 * @param color whether colors may be used
 * @param quiet whether progress is left out
 */
public record Console(
    PrintStream out,
    PrintStream err,
    boolean screen,
    boolean terminal,
    boolean color,
    boolean quiet) {

  private static final String ESCAPE = "\033[";

  /** Made only where colors are used: the JVM's first secure random number takes a while. */
  private static final class Own {

    /** The prefix of own colors until they are written; foreign text cannot contain it. */
    static final String PREFIX = "\033" + UUID.randomUUID();
  }

  /** Returns one with another standard error, which leaves progress out or does not. */
  public Console with(PrintStream err, boolean quiet) {
    return new Console(out, err, screen, terminal, color, quiet);
  }

  /** Prints a line for people to standard output, or throws {@link ClosedPipe}. */
  public void print(String line) {
    exact(shown(line));
  }

  /** Returns a text with blanks up to a width; Java's own formatter takes long at its first use. */
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Prints lines for people as {@link #print(String)} does, but all at once. */
  public void print(List<String> lines) {
    if (!lines.isEmpty()) {
      exact(lines.stream().map(Console::shown).collect(Collectors.joining("\n")));
    }
  }

  /**
   * Prints a result that a program may read: unchanged, except when a person looks at standard
   * output.
   *
   * @throws ClosedPipe when nobody reads it
   */
  public void result(String text) {
    exact(screen ? shown(text) : text);
  }

  /** Prints a line unchanged, such as JSON, or throws {@link ClosedPipe}. */
  public void exact(String line) {
    out.println(line);
    if (out.checkError()) {
      throw new ClosedPipe();
    }
  }

  /** Asks the person at the terminal; everything but yes is no. */
  public boolean agrees(String question) {
    warn(question + " [y/N]");
    return answer().strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  @SuppressWarnings("SystemConsoleNull") // the JDK's annotations say that it may be null
  private static String answer() {
    var terminal = System.console();
    String line = terminal == null ? null : terminal.readLine();
    return line == null ? "" : line;
  }

  /** Prints a line of progress, unless quiet. */
  public void say(String line) {
    if (!quiet) {
      warn(line);
    }
  }

  /** Prints a line to standard error, even when quiet. */
  public void warn(String line) {
    err.println(shown(line));
  }

  /** Rings the bell of the terminal, if there is one. */
  public void bell() {
    if (terminal && !quiet) {
      err.print('\007');
      err.flush();
    }
  }

  /** Draws lines over a number of lines that were drawn before. */
  public void draw(int over, List<String> lines) {
    var text = new StringBuilder();
    if (over > 0) {
      text.append(ESCAPE).append(over).append('A');
    }
    lines.forEach(line -> text.append(ESCAPE + "2K").append(shown(line)).append('\n'));
    err.print(text.append(ESCAPE + "J"));
    err.flush();
  }

  private static String shown(String line) {
    if (line.indexOf('\033') < 0) {
      return Shown.of(line);
    }
    var text = new StringBuilder();
    int at = 0;
    for (int own = line.indexOf(Own.PREFIX); own >= 0; own = line.indexOf(Own.PREFIX, at)) {
      int end = line.indexOf('m', own) + 1;
      text.append(Shown.of(line.substring(at, own)));
      text.append(ESCAPE).append(line, own + Own.PREFIX.length(), end);
      at = end;
    }
    return text.append(Shown.of(line.substring(at))).toString();
  }

  public String red(String text) {
    return painted("31", text);
  }

  public String green(String text) {
    return painted("32", text);
  }

  public String yellow(String text) {
    return painted("33", text);
  }

  public String bold(String text) {
    return painted("1", text);
  }

  public String dim(String text) {
    return painted("2", text);
  }

  private String painted(String code, String text) {
    return color ? Own.PREFIX + code + "m" + text + Own.PREFIX + "0m" : text;
  }
}
