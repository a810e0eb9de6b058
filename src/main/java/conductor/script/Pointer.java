package conductor.script;

import java.util.stream.Collectors;

/** Marks a column below a source line that is shown four columns in and without its own indent. */
public final class Pointer {

  private Pointer() {}

  /** Returns the findings, each with a mark. */
  public static String at(ScriptErrors errors) {
    return errors.findings().stream()
        .map(finding -> finding + "\n" + below(finding.source(), finding.column()))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  /** Returns the line with the mark. */
  public static String below(String source, int column) {
    int indent = source.length() - source.stripLeading().length();
    return source.isBlank() ? "" : " ".repeat(4 + Math.max(0, column - 1 - indent)) + "^";
  }
}
