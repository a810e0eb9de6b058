package conductor.script.java;

import conductor.script.Finding;
import conductor.script.ScriptInfo;
import conductor.script.SourceName;
import conductor.script.groovy.GroovyChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;

/**
 * The source of a workflow in Java, cut into the snippets that JShell evaluates, each with its
 * place in the file.
 */
final class JavaSource {

  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\A@Param\\b(?:\\s*\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*\\))?\\s*"
              + "([\\w.]+(?:<[^=;]*>)?(?:\\[\\])?)\\s+(\\w+)\\s*(?:=(.*))?;\\s*\\z",
          Pattern.DOTALL);

  /** The types whose defaults may be written as texts or as other numbers; they are converted. */
  private static final Set<String> WITHOUT_LITERALS =
      Set.of(
          "Duration",
          "Path",
          "BigDecimal",
          "BigInteger",
          "Long",
          "Double",
          "Float",
          "Instant",
          "LocalDate");

  private final String file;
  final String text;
  final List<Snippet> snippets = new ArrayList<>();
  final List<ScriptInfo.Parameter> parameters = new ArrayList<>();
  private final TreeMap<Integer, Integer> lines = new TreeMap<>();

  /**
   * The code that JShell evaluates at once.
   *
   * @param start the offset in the file at which it begins
   * @param end the offset in the file at which it ends
   * @param code the code to evaluate: that of the file, except for parameters and insertions
   * @param inserted where {@link JavaConstructors#PUBLIC} stands in the code, but not in the file
   */
  record Snippet(int start, int end, String code, List<Integer> inserted) {

    int place(int at) {
      long shift =
          inserted.stream().filter(place -> place < at).count() * JavaConstructors.PUBLIC.length();
      return Math.clamp(start + at - shift, start, Math.max(start, end - 1));
    }
  }

  JavaSource(String file, String text, SourceCodeAnalysis analysis) {
    this.file = file;
    this.text = text.startsWith("#!") ? "//" + text.substring(2) : text;
    int line = 1;
    lines.put(0, line);
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      lines.put(at + 1, ++line);
    }
    cut(analysis);
  }

  private void cut(SourceCodeAnalysis analysis) {
    int at = 0;
    while (at < text.length() && !text.substring(at).isBlank()) {
      String rest = text.substring(at);
      SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(rest);
      String remaining = info.remaining();
      int length = rest.length() - remaining.length();
      if (length <= 0) { // the line cannot be parsed: the compiler reports why
        length = rest.indexOf('\n', rest.length() - rest.stripLeading().length()) + 1;
        length = length == 0 ? rest.length() : length;
      }
      String chunk = rest.substring(0, length);
      int blank = chunk.length() - chunk.stripLeading().length();
      String code = chunk.substring(blank);
      if (lacksSemicolon(info, rest, analysis)) {
        code = withSemicolon(code);
      }
      if (!code.isBlank() && !isComment(code)) {
        List<Integer> inserted = JavaConstructors.toOpen(code);
        String open = JavaConstructors.opened(code, inserted);
        snippets.add(new Snippet(at + blank, at + length, declared(open), inserted));
      }
      at += length;
    }
  }

  /** Returns whether a semicolon must be added: like JShell, a last statement needs none. */
  private static boolean lacksSemicolon(
      SourceCodeAnalysis.CompletionInfo info, String rest, SourceCodeAnalysis analysis) {
    return switch (info.completeness()) {
      case COMPLETE_WITH_SEMI -> true;
      case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE, UNKNOWN ->
          info.remaining().isEmpty()
              && !rest.stripTrailing().endsWith(";")
              && analysis.analyzeCompletion(withSemicolon(rest)).completeness()
                  == SourceCodeAnalysis.Completeness.COMPLETE;
      case COMPLETE, EMPTY -> false;
    };
  }

  /** Returns the code with a semicolon before any comment at its end. */
  private static String withSemicolon(String code) {
    int end = JavaTokens.of(code).code().stream().mapToInt(JavaTokens.Token::end).max().orElse(0);
    return code.substring(0, end) + ";" + code.substring(end);
  }

  private static boolean isComment(String code) {
    return withoutComments(code).isEmpty();
  }

  /** Has a parameter read its value or default. Lines stay the same, columns may not. */
  private String declared(String code) {
    Matcher parameter = PARAMETER.matcher(withoutComments(code));
    if (!parameter.matches()) {
      return code;
    }
    String type = parameter.group(2);
    String name = parameter.group(3);
    String value = parameter.group(4);
    parameters.add(
        new ScriptInfo.Parameter(
            name,
            type,
            value == null,
            value == null ? "" : value.strip().replaceAll("\\A\"(.*)\"\\z", "$1"),
            parameter.group(1) == null ? "" : parameter.group(1).translateEscapes()));
    String given =
        ScriptInfo.isKnown(type) || type.endsWith("]") || type.endsWith(">")
            ? "(%s) given(\"%s\")".formatted(type, name)
            : "given(\"%s\", %s.class)".formatted(name, type);
    String breaks = "\n".repeat((int) code.lines().count() - 1);
    if (value == null) {
      return "%s %s = %s;%s".formatted(type, name, given, breaks);
    }
    String fallback =
        WITHOUT_LITERALS.contains(type)
            ? "(%s) byDefault(\"%s\", \"%s\", %s)".formatted(type, name, type, value.strip())
            : "(%s)".formatted(value.strip());
    return "%s %s = isGiven(\"%s\") ? %s : %s;".formatted(type, name, name, given, fallback);
  }

  private static String withoutComments(String code) {
    return JavaTokens.of(code).code().stream()
        .findFirst()
        .map(token -> code.substring(token.start()))
        .orElse("");
  }

  /** Returns the file's name without directories, as stack frames have it. */
  String fileName() {
    return SourceName.last(file);
  }

  /** Returns the line of an offset in the file, counted from 1. */
  int line(int offset) {
    return lines.floorEntry(Math.clamp(offset, 0, text.length())).getValue();
  }

  Finding finding(boolean error, int offset, String message) {
    int at = Math.clamp(offset, 0, text.length());
    var line = lines.floorEntry(at);
    String source = text.lines().skip(line.getValue() - 1L).findFirst().orElse("");
    return new Finding(error, file, line.getValue(), at - line.getKey() + 1, message, source);
  }

  /** Returns whether a finding's line has the comment that allows it. */
  static boolean isAllowed(Finding finding) {
    return finding.source().contains(GroovyChecks.ALLOWED);
  }
}
