package conductor.script.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * Writes the entries of a session in Java as a workflow that does the same. JShell reads both, so
 * text stays as it was typed; an unnamed value that is used by the name that JShell gave it gets a
 * declaration. Safe for use by several threads.
 */
final class JavaSessionWriter {

  private static final Pattern VALUE = Pattern.compile("\\$\\d+");

  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A snippet that did not fail.
   *
   * @param value the name that JShell gave to its value; empty when it gave none
   */
  private record Piece(String text, String value) {}

  synchronized void add(JavaSource source, JavaStep step) {
    String text = source.text.substring(step.snippet.start(), step.snippet.end());
    String value =
        step.made.stream()
            .filter(made -> made.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
            .map(made -> ((VarSnippet) made).name())
            .findFirst()
            .orElse("");
    pieces.add(new Piece(returning(ended(text.strip()), step), value));
  }

  /** Has a {@code return} end only its snippet, as in the session it ended only the entry. */
  private static String returning(String text, JavaStep step) {
    List<JavaTokens.Token> tokens = JavaTokens.of(text).code();
    Optional<JavaShell.Wrapped> statement =
        step.wrapped.stream().filter(JavaShell.Wrapped::statement).findFirst();
    if (statement.isEmpty() || tokens.stream().noneMatch(token -> token.text().equals("return"))) {
      return text;
    }
    if (tokens.getFirst().text().equals("return")) {
      return text.substring(0, tokens.getFirst().start())
          + text.substring(tokens.getFirst().end()).stripLeading();
    }
    String end = statement.get().closing() > 0 ? "\nreturn null; }" : "\n}";
    return "((Callable<Object>) () -> { " + text + end + ").call();";
  }

  /** Adds a semicolon where JShell would otherwise join the snippet with the next line. */
  private static String ended(String text) {
    if (text.endsWith(";") || text.endsWith("}")) {
      return text;
    }
    boolean commented = text.substring(text.lastIndexOf('\n') + 1).contains("//");
    return text + (commented ? "\n;" : ";");
  }

  /** Returns the workflow of all entries; empty, or ending with a line end. */
  synchronized String script() {
    var script = new StringBuilder();
    for (int at = 0; at < pieces.size(); at++) {
      Piece piece = pieces.get(at);
      script
          .append(isUsed(piece.value(), at + 1) ? "var " + piece.value() + " = " : "")
          .append(piece.text())
          .append('\n');
    }
    return script.toString();
  }

  private boolean isUsed(String value, int from) {
    return !value.isEmpty()
        && pieces.stream()
            .skip(from)
            .map(piece -> VALUE.matcher(piece.text()))
            .flatMap(Matcher::results)
            .anyMatch(found -> found.group().equals(value));
  }
}
