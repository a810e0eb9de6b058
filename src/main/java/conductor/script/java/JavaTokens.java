package conductor.script.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The tokens of a Java text, which may be incomplete. Offsets count UTF-16 units.
 *
 * @param list the tokens in order, comments among them
 */
record JavaTokens(List<Token> list) {

  private static final Set<String> TYPES = Set.of("class", "interface", "enum", "record");

  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    COMMENT,
    SIGN
  }

  /**
   * A token.
   *
   * @param closed false for a string or comment that is not closed
   */
  record Token(Kind kind, int start, int end, String text, boolean closed) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  static JavaTokens of(String text) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      }
      Token token = token(text, at);
      tokens.add(token);
      at = token.end();
    }
    return new JavaTokens(tokens);
  }

  private static Token token(String text, int at) {
    char c = text.charAt(at);
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return token(Kind.COMMENT, text, at, end < 0 ? text.length() : end, true);
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return token(Kind.COMMENT, text, at, end < 0 ? text.length() : end + 2, end >= 0);
    }
    if (text.startsWith("\"\"\"", at)) {
      return quoted(text, at, "\"\"\"");
    }
    if (c == '"' || c == '\'') {
      return quoted(text, at, String.valueOf(c));
    }
    if (Character.isJavaIdentifierStart(c)) {
      return token(Kind.NAME, text, at, end(text, at, false), true);
    }
    return Character.isDigit(c)
        ? token(Kind.NUMBER, text, at, end(text, at, true), true)
        : token(Kind.SIGN, text, at, at + 1, true);
  }

  private static Token token(Kind kind, String text, int start, int end, boolean closed) {
    return new Token(kind, start, end, text.substring(start, end), closed);
  }

  private static int end(String text, int start, boolean number) {
    int end = start;
    while (end < text.length()
        && (Character.isJavaIdentifierPart(text.charAt(end))
            || (number
                && text.charAt(end) == '.'
                && end + 1 < text.length()
                && Character.isDigit(text.charAt(end + 1))))) {
      end++;
    }
    return end;
  }

  private static Token quoted(String text, int start, String quote) {
    int at = start + quote.length();
    while (at < text.length()) {
      if (text.startsWith(quote, at)) {
        return token(Kind.TEXT, text, start, at + quote.length(), true);
      }
      if (text.charAt(at) == '\n' && quote.length() == 1) {
        return token(
            Kind.TEXT, text, start, at, true); // a string in single quotes ends with its line
      }
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return token(Kind.TEXT, text, start, text.length(), false);
  }

  int size() {
    return list.size();
  }

  private boolean is(int index, String sign) {
    return index >= 0 && index < size() && list.get(index).is(sign);
  }

  /** Returns the index of the bracket that is still open at the end; -1 when there is none. */
  int open() {
    return open(size());
  }

  private int open(int before) {
    int depth = 0;
    for (int at = before - 1; at >= 0; at--) {
      String sign = list.get(at).kind() == Kind.SIGN ? list.get(at).text() : "";
      if (")]}".contains(sign) && !sign.isEmpty()) {
        depth++;
      } else if ("([{".contains(sign) && !sign.isEmpty() && depth-- == 0) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Returns the names of the calls around the end, innermost first, up to a brace. For a chain of
   * calls such as {@code Exec("x").withEnv(} it is the name of the first one.
   */
  List<String> calls() {
    var calls = new ArrayList<String>();
    for (int at = open(); at >= 0 && !is(at, "{"); at = open(at)) {
      String name = is(at, "(") ? called(at) : "";
      if (!name.isEmpty()) {
        calls.add(name);
      }
    }
    return calls;
  }

  /** Returns the name of the first call of a chain that goes on with a bracket; may be empty. */
  String called(int open) {
    int name = open - 1;
    while (name > 1 && isName(name) && is(name - 1, ".") && is(name - 2, ")")) {
      name = open(name - 2) - 1;
    }
    return name >= 0 && isName(name) && !is(name - 1, ".") ? list.get(name).text() : "";
  }

  List<Token> code() {
    return list.stream().filter(token -> token.kind() != Kind.COMMENT).toList();
  }

  List<String> types() {
    var types = new ArrayList<String>();
    for (int at = 1; at < size(); at++) {
      if (isName(at)
          && isName(at - 1)
          && TYPES.contains(list.get(at - 1).text())
          && !is(at - 2, ".")) {
        types.add(list.get(at).text());
      }
    }
    return types;
  }

  private boolean isName(int index) {
    return index >= 0 && list.get(index).kind() == Kind.NAME;
  }
}
