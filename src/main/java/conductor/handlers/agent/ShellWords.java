package conductor.handlers.agent;

import conductor.handlers.agent.protocol.Wildcard;
import java.util.regex.Pattern;

/**
 * Parses the words of a shell line with their quotes and expansions. A subclass parses the commands
 * of substitutions. Text that only the shell can determine becomes {@link #UNKNOWN}. Used once.
 */
abstract class ShellWords {

  /** Stands in a word for text that only the shell can determine, such as a variable's value. */
  static final char UNKNOWN = Wildcard.UNKNOWN;

  static final String JOINED = "\\\n";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+|[0-9#?@*$!-]");
  private static final Pattern SUM = Pattern.compile("[\\w\\s+*/%<>=!&|^~?:,-]*+");
  private static final Pattern PARAMETER = Pattern.compile("[\\w#?!*@$:/%.,+^ -]*+");

  final String text;
  int at;

  ShellWords(String text) {
    this.text = text;
  }

  static final class Unread extends Exception {}

  /**
   * Reads the commands of a substitution.
   *
   * @param brackets how many brackets are to be closed; 0 to read the whole text
   * @return how many characters of the text were read
   */
  abstract int commands(String within, int brackets) throws Unread;

  String word() throws Unread {
    var word = new StringBuilder();
    int from = at;
    int known = Integer.MAX_VALUE;
    while (at < text.length() && " \t\n;&|()<>".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at++);
      switch (c) {
        case '\'' -> word.append(single());
        case '"' -> word.append(quoted(true));
        case '\\' -> word.append(escaped());
        case '$' -> word.append(dollar(true));
        case '`' -> word.append(backquoted());
        case '*', '?' -> word.append(UNKNOWN);
        case '~' -> word.append(at == from + 1 ? UNKNOWN : c);
        case '[', '{' -> {
          known = Math.min(known, c == '{' ? 0 : word.length());
          word.append(c);
        }
        default -> word.append(c);
      }
    }
    if (text.startsWith("<(", at) || text.startsWith(">(", at)) {
      at++;
      word.append(substitution());
    }
    if (at == from) {
      throw new Unread();
    }
    // brackets and braces can expand to several words, also of the text around them
    return word.length() > 1 && known < word.length()
        ? word.substring(0, known) + UNKNOWN
        : word.toString();
  }

  /** Returns the character after a backslash; empty for a line feed. */
  private String escaped() {
    if (at == text.length()) {
      return "\\";
    }
    char c = text.charAt(at++);
    return c == '\n' ? "" : String.valueOf(c);
  }

  private String single() throws Unread {
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw new Unread();
    }
    String inside = text.substring(at, end);
    at = end + 1;
    return inside;
  }

  /** Reads a text in double quotes, or a whole text that is expanded in the same way. */
  String quoted(boolean closed) throws Unread {
    var inside = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && closed) {
        return inside.toString();
      } else if (c == '\\' && at < text.length()) {
        inside.append("$`\"\\\n".indexOf(text.charAt(at)) >= 0 ? escaped() : "\\");
      } else if (c == '$') {
        inside.append(dollar(false));
      } else if (c == '`') {
        inside.append(backquoted());
      } else {
        inside.append(c);
      }
    }
    if (closed) {
      throw new Unread();
    }
    return inside.toString();
  }

  private String dollar(boolean bare) throws Unread {
    if (text.startsWith("((", at)) {
      int end = text.indexOf("))", at);
      if (end < 0 || !SUM.matcher(text.substring(at + 2, end)).matches()) {
        throw new Unread();
      }
      at = end + 2;
      return String.valueOf(UNKNOWN);
    }
    if (text.startsWith("(", at)) {
      return substitution();
    }
    if (text.startsWith("{", at)) {
      int end = text.indexOf('}', at);
      String within = end < 0 ? "@P" : text.substring(at + 1, end);
      if (within.contains("@P") || !PARAMETER.matcher(within).matches()) {
        throw new Unread();
      }
      at = end + 1;
      return String.valueOf(UNKNOWN);
    }
    if (text.startsWith("[", at) || text.startsWith(JOINED, at)) {
      throw new Unread();
    }
    if (bare && text.startsWith("'", at)) {
      return escapes();
    }
    if (bare && text.startsWith("\"", at)) {
      at++;
      return quoted(true);
    }
    var name = NAME.matcher(text).region(at, text.length());
    if (name.lookingAt()) {
      at = name.end();
      return String.valueOf(UNKNOWN);
    }
    return "$";
  }

  private String escapes() throws Unread {
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\'') {
        at++;
        return String.valueOf(UNKNOWN);
      }
      if (c == '\\') {
        at++;
      }
    }
    throw new Unread();
  }

  private String backquoted() throws Unread {
    var inside = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '`') {
        commands(inside.toString(), 0);
        return String.valueOf(UNKNOWN);
      }
      if (c == '\\' && at < text.length() && "$`\\".indexOf(text.charAt(at)) >= 0) {
        c = text.charAt(at++);
      }
      inside.append(c);
    }
    throw new Unread();
  }

  /** Reads the commands of a substitution, from its bracket to the one that closes it. */
  private String substitution() throws Unread {
    at += 1 + commands(text.substring(at + 1), 1);
    return String.valueOf(UNKNOWN);
  }
}
