package conductor.script;

import java.util.stream.Collectors;

/**
 * Prints a mark below a column of a source line, where the line is shown indented by four columns
 * and without its own indent.
 */
public final class Pointer {

  private Pointer() {}

  /** Returns the findings, each with a mark below its column. */
  public static String at(ScriptErrors errors) {
    return errors.findings().stream()
        .map(finding -> finding + "\n" + below(finding.source(), finding.column()))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  /**
   * Returns the line that holds only the mark, to be put below the source line; empty when the
   * source line is blank.
   *
   * @param column counted from 1
   */
  public static String below(String source, int column) {
    int indent = source.length() - source.stripLeading().length();
    return source.isBlank() ? "" : " ".repeat(4 + Math.max(0, column - 1 - indent)) + "^";
  }
}
