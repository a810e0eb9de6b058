package conductor.handlers.agent;

import conductor.handlers.agent.ShellCommands.Redirect;
import conductor.handlers.agent.ShellCommands.Simple;
import conductor.handlers.agent.protocol.Wildcard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a line for a shell: the simple commands that it runs, those of its subshells and
 * substitutions included, and the files that it redirects to and from. It reads what POSIX shells
 * and bash mean alike, and gives up on the rest: what it returns is all that the line does. Used
 * once.
 */
final class ShellLine {

  /** Stands in a word for text that only the shell will know, such as a variable's. */
  static final char UNKNOWN = Wildcard.UNKNOWN;

  private static final int LONGEST = 50_000;
  private static final int DEEPEST = 20;
  private static final Set<String> GO_ON =
      Set.of("if", "then", "elif", "else", "while", "until", "do", "!", "{", "time");
  private static final Set<String> CLOSE = Set.of("fi", "done", "}");
  private static final Set<String> UNREAD =
      Set.of("case", "esac", "select", "function", "coproc", "[[", "alias", "unalias");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+|[0-9#?@*$!-]");
  private static final Pattern LOOPED = Pattern.compile("(?!.*path)[a-z_][a-z0-9_]*+");
  private static final Pattern SUM = Pattern.compile("[\\w\\s+*/%<>=!&|^~?:,-]*+");
  private static final Pattern PARAMETER = Pattern.compile("[\\w#?!*@$:/%.,+^ -]*+");
  private static final String JOINED = "\\\n";
  private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]++|-|[0-9]++-");

  private final String text;
  private final int depth;
  private final List<Simple> commands;
  private final List<Redirect> redirects;
  private final Deque<Document> documents = new ArrayDeque<>();
  private int at;

  /** A text that follows the line with its {@code <<}. */
  private record Document(String end, boolean literal, boolean indented) {}

  /** The line is not read to its end. */
  private static final class Unread extends Exception {}

  private ShellLine(String text, int depth, List<Simple> commands, List<Redirect> redirects) {
    this.text = text;
    this.depth = depth;
    this.commands = commands;
    this.redirects = redirects;
  }

  /** What a line does; empty when it cannot be told. */
  static Optional<ShellCommands> read(String line) {
    var read = new ShellCommands(new ArrayList<>(), new ArrayList<>());
    if (line.length() > LONGEST || line.indexOf(UNKNOWN) >= 0) {
      return Optional.empty();
    }
    try {
      new ShellLine(line, 0, read.commands(), read.redirects()).list(0);
      return Optional.of(read);
    } catch (Unread _) {
      return Optional.empty();
    }
  }

  /** Reads commands to the bracket that closes so many, or to the end of the text for none. */
  private void list(int brackets) throws Unread {
    if (depth > DEEPEST) {
      throw new Unread();
    }
    int open = brackets;
    while (at < text.length() && open >= 0 && (open > 0 || brackets == 0)) {
      char last = command();
      open += last == '(' ? 1 : last == ')' ? -1 : 0;
    }
    if (open != 0 || !documents.isEmpty()) {
      throw new Unread();
    }
  }

  /** Reads one simple command; returns what separates it from the next. */
  private char command() throws Unread {
    var words = new ArrayList<String>();
    int start = at;
    boolean loop = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (text.startsWith(JOINED, at)) {
        at += JOINED.length();
      } else if (c == '#') {
        skipComment();
      } else if ("\n;&|()".indexOf(c) >= 0 && !text.startsWith("&>", at)) {
        break;
      } else if (redirection()) {
        // kept
      } else {
        int from = at;
        String word = word();
        boolean bare = word.equals(text.substring(from, at));
        if (words.isEmpty() && !loop && bare) {
          if (UNREAD.contains(word)) {
            throw new Unread();
          } else if (word.equals("for")) {
            loop = true;
            continue;
          } else if (GO_ON.contains(word) || CLOSE.contains(word)) {
            start = at;
            continue;
          }
        }
        words.add(word);
      }
    }
    if (loop && (words.isEmpty() || !LOOPED.matcher(words.getFirst()).matches())) {
      throw new Unread();
    }
    if (!words.isEmpty() && !loop) {
      commands.add(new Simple(List.copyOf(words), text.substring(start, at).strip()));
    }
    return separator(!words.isEmpty());
  }

  private char separator(boolean afterWords) throws Unread {
    if (at == text.length()) {
      return '\n';
    }
    char c = text.charAt(at);
    if ((c == '(' && (afterWords || text.startsWith("((", at))) || text.startsWith(";;", at)) {
      throw new Unread(); // a function, arithmetic, a case
    }
    at++;
    if (c == '\n') {
      readDocuments();
    }
    return c;
  }

  private void skipComment() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  /** Reads a redirection, if one stands here. */
  private boolean redirection() throws Unread {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from && text.startsWith("&>", at)) {
      at++;
    }
    char c = at < text.length() ? text.charAt(at) : ' ';
    if ((c != '<' && c != '>') || text.startsWith("<(", at) || text.startsWith(">(", at)) {
      at = from;
      return false;
    }
    if (text.startsWith("<<<", at)) {
      at += 3;
      operand();
      return true;
    }
    if (text.startsWith("<<", at)) {
      document();
      return true;
    }
    boolean both = text.startsWith("<>", at);
    at++;
    boolean copies = at < text.length() && text.charAt(at) == '&';
    if (both || copies || (c == '>' && at < text.length() && ">|".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String file = operand();
    if (!copies || !DESCRIPTOR.matcher(file).matches()) {
      redirects.add(new Redirect(file, c == '>' || both));
    }
    return true;
  }

  private String operand() throws Unread {
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == text.length() || "\n;&|()<>".indexOf(text.charAt(at)) >= 0) {
      throw new Unread();
    }
    return word();
  }

  private void document() throws Unread {
    at += 2;
    boolean indented = at < text.length() && text.charAt(at) == '-';
    if (indented) {
      at++;
    }
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int from = at;
    String end = operand();
    String source = text.substring(from, at);
    if (end.indexOf(UNKNOWN) >= 0 || end.isEmpty()) {
      throw new Unread();
    }
    documents.add(new Document(end, !end.equals(source), indented));
  }

  private void readDocuments() throws Unread {
    while (!documents.isEmpty()) {
      Document document = documents.removeFirst();
      var body = new StringBuilder();
      while (true) {
        if (at >= text.length()) {
          throw new Unread();
        }
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        String unindented = document.indented ? line.replaceFirst("^\t++", "") : line;
        if (unindented.equals(document.end)) {
          break;
        }
        if (!document.literal && line.endsWith("\\")) {
          throw new Unread(); // its last line may be another one
        }
        body.append(line).append('\n');
      }
      if (!document.literal) {
        inner(body.toString()).quoted(false);
      }
    }
  }

  private ShellLine inner(String within) {
    return new ShellLine(within, depth + 1, commands, redirects);
  }

  /** Reads a word; returns it without quotes. */
  private String word() throws Unread {
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
    // brackets and braces make other words of what follows them, and of what comes before
    return word.length() > 1 && known < word.length()
        ? word.substring(0, known) + UNKNOWN
        : word.toString();
  }

  /** What a backslash makes of the next character; nothing at the end of a line. */
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

  /** Reads what is in double quotes, or a whole text that is expanded as if it were. */
  private String quoted(boolean closed) throws Unread {
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

  /** Reads {@code $'...'}. */
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
        inner(inside.toString()).list(0);
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
    ShellLine inside = inner(text.substring(at + 1));
    inside.list(1);
    at += 1 + inside.at;
    return String.valueOf(UNKNOWN);
  }
}
