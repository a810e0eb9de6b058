package conductor.script;

import java.util.Comparator;

/**
 * Something wrong with a script.
 *
 * @param error whether it stops a run; else a warning
 * @param file as the user gave it
 * @param line counted from 1
 * @param column counted from 1
 * @param source the line of the script
 */
public record Finding(
    boolean error, String file, int line, int column, String message, String source) {

  /** By their places. */
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparingInt(Finding::column);

  /** {@code file:line:column: message}, then the line itself. */
  @Override
  public String toString() {
    String place =
        "%s:%d:%d: %s%s".formatted(file, line, column, error ? "" : "warning: ", message);
    return source.isBlank() ? place : place + "\n    " + source.strip();
  }
}
