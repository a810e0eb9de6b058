package conductor.cli;

import java.io.PrintStream;

/**
 * Where a command speaks: results to standard output, all else to standard error.
 *
 * @param terminal whether a person looks at standard error
 * @param color whether colours may be used
 * @param quiet whether progress is left out
 */
record Console(PrintStream out, PrintStream err, boolean terminal, boolean color, boolean quiet) {

  private static final String ESCAPE = "\033[";

  /**
   * A line of the result.
   *
   * @throws ClosedPipe when nobody reads it
   */
  void print(String line) {
    out.println(line);
    if (out.checkError()) {
      throw new ClosedPipe();
    }
  }

  /** What the person at the terminal types; empty when nobody does. */
  @SuppressWarnings("SystemConsoleNull") // null is what the annotations of the JDK say
  String answer() {
    var terminal = System.console();
    String line = terminal == null ? null : terminal.readLine();
    return line == null ? "" : line;
  }

  /** A line for the person who waits. */
  void say(String line) {
    if (!quiet) {
      err.println(line);
    }
  }

  /** A line that is told however quiet it is to be. */
  void warn(String line) {
    err.println(line);
  }

  String red(String text) {
    return painted("31", text);
  }

  String green(String text) {
    return painted("32", text);
  }

  String yellow(String text) {
    return painted("33", text);
  }

  String bold(String text) {
    return painted("1", text);
  }

  String dim(String text) {
    return painted("2", text);
  }

  private String painted(String code, String text) {
    return color ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
