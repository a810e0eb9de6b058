package conductor.cli;

import conductor.handlers.people.Shown;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Where a command speaks: results to standard output, all else to standard error.
 *
 * <p>This is the one place where commands print: foreign text is filtered here.
 *
 * @param screen whether a person looks at standard output
 * @param terminal whether a person looks at standard error
 * @param color whether colours may be used
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

  /** What begins our own colours until they are written: no foreign text can have it. */
  private static final String OWN = "\033" + UUID.randomUUID();

  /**
   * A line of what people read.
   *
   * @throws ClosedPipe when nobody reads it
   */
  public void print(String line) {
    exact(shown(line));
  }

  /**
   * What a program may read: as it is, but for a person who looks at it.
   *
   * @throws ClosedPipe when nobody reads it
   */
  public void result(String text) {
    exact(screen ? shown(text) : text);
  }

  /**
   * A line as it is, such as JSON.
   *
   * @throws ClosedPipe when nobody reads it
   */
  public void exact(String line) {
    out.println(line);
    if (out.checkError()) {
      throw new ClosedPipe();
    }
  }

  /** Returns whether the person at the terminal says yes; everything else is no. */
  public boolean agrees(String question) {
    warn(question + " [y/N]");
    return answer().strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /** What the person at the terminal types; empty when nobody does. */
  @SuppressWarnings("SystemConsoleNull") // null is what the annotations of the JDK say
  private static String answer() {
    var terminal = System.console();
    String line = terminal == null ? null : terminal.readLine();
    return line == null ? "" : line;
  }

  /** A line for the person who waits. */
  public void say(String line) {
    if (!quiet) {
      warn(line);
    }
  }

  /** A line that is told however quiet it is to be. */
  public void warn(String line) {
    err.println(shown(line));
  }

  /** Lines that are drawn over those that were drawn before. */
  public void draw(int over, List<String> lines) {
    var text = new StringBuilder();
    if (over > 0) {
      text.append(ESCAPE).append(over).append('A');
    }
    lines.forEach(line -> text.append(ESCAPE + "2K").append(shown(line)).append('\n'));
    err.print(text.append(ESCAPE + "J"));
    err.flush();
  }

  /** Returns a line without anything that a terminal would obey but our own colours. */
  private static String shown(String line) {
    var text = new StringBuilder();
    int at = 0;
    for (int own = line.indexOf(OWN); own >= 0; own = line.indexOf(OWN, at)) {
      int end = line.indexOf('m', own) + 1;
      text.append(Shown.of(line.substring(at, own)));
      text.append(ESCAPE).append(line, own + OWN.length(), end);
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
    return color ? OWN + code + "m" + text + OWN + "0m" : text;
  }
}
