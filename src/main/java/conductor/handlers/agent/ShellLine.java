package conductor.handlers.agent;

import conductor.handlers.agent.ShellCommands.Redirect;
import conductor.handlers.agent.ShellCommands.Simple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses a shell line into the simple commands that it runs, including those of subshells and
 * substitutions, and the files that it redirects to and from. Accepts only syntax that POSIX shells
 * and bash understand in the same way and rejects everything else, so that a result is always
 * complete. Used once.
 */
final class ShellLine extends ShellWords {

  private static final int LONGEST = 50_000;
  private static final int DEEPEST = 20;
  private static final Set<String> GO_ON =
      Set.of("if", "then", "elif", "else", "while", "until", "do", "!", "{", "time");
  private static final Set<String> CLOSE = Set.of("fi", "done", "}");
  private static final Set<String> UNREAD =
      Set.of("case", "esac", "select", "function", "coproc", "[[", "alias", "unalias");
  private static final Pattern LOOPED = Pattern.compile("(?!.*path)[a-z_][a-z0-9_]*+");
  private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]++|-|[0-9]++-");

  private final int depth;
  private final List<Simple> commands;
  private final List<Redirect> redirects;
  private final Deque<Document> documents = new ArrayDeque<>();

  /** A here-document, whose text follows the line with its {@code <<}. */
  private record Document(String end, boolean literal, boolean indented) {}

  private ShellLine(String text, int depth, List<Simple> commands, List<Redirect> redirects) {
    super(text);
    this.depth = depth;
    this.commands = commands;
    this.redirects = redirects;
  }

  /** Parses a line; empty when it uses syntax that is not supported. */
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

  /** Reads commands until a number of open brackets is closed, or to the end of the text for 0. */
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

  private char command() throws Unread {
    var words = new ArrayList<String>();
    int start = at;
    boolean loop = false;
    while (more()) {
      int from = at;
      String word = word();
      if (words.isEmpty() && !loop && word.equals(text.substring(from, at))) {
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
    if (loop && (words.isEmpty() || !LOOPED.matcher(words.getFirst()).matches())) {
      throw new Unread();
    }
    if (!words.isEmpty() && !loop) {
      commands.add(new Simple(List.copyOf(words), text.substring(start, at).strip()));
    }
    return separator(!words.isEmpty());
  }

  /** Skips spaces, comments and redirections; returns whether a word of the command follows. */
  private boolean more() throws Unread {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (text.startsWith(JOINED, at)) {
        at += JOINED.length();
      } else if (c == '#') {
        skipComment();
      } else if ("\n;&|()".indexOf(c) >= 0 && !text.startsWith("&>", at)) {
        return false;
      } else if (!redirection()) {
        return true;
      }
    }
    return false;
  }

  private char separator(boolean afterWords) throws Unread {
    if (at == text.length()) {
      return '\n';
    }
    char c = text.charAt(at);
    if ((c == '(' && (afterWords || text.startsWith("((", at))) || text.startsWith(";;", at)) {
      throw new Unread(); // a function, arithmetic or a case
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

  /** Reads a redirection; returns whether there was one at this position. */
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
          throw new Unread(); // the shell would join this line to the next
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

  @Override
  int commands(String within, int brackets) throws Unread {
    ShellLine inside = inner(within);
    inside.list(brackets);
    return inside.at;
  }
}
