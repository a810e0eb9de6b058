package conductor.script;

import java.util.Comparator;

/**
 * An error or a warning about a script, with its place.
 *
 * @param error whether it stops a run; else it is a warning
 * @param file as the user gave it
 * @param line counted from 1
 * @param column counted from 1
 * @param message what is wrong, for the user
 * @param source the text of that line of the script
 */
public record Finding(
    boolean error, String file, int line, int column, String message, String source) {

  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparingInt(Finding::column);

  /**
   * Returns {@code file:line:column: message}, then the line of the script; without that line when
   * it is blank.
   */
  @Override
  public String toString() {
    String place =
        "%s:%d:%d: %s%s".formatted(file, line, column, error ? "" : "warning: ", message);
    return source.isBlank() ? place : place + "\n    " + source.strip();
  }
}
