package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import java.util.List;
import java.util.Set;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;

/**
 * Tells whether a Groovy text is unfinished: a bracket, string, comment or statement is open at its
 * end.
 */
final class Unfinished {

  private static final Set<String> WANTS_MORE =
      Set.of(
          ("= + - * / % ** . ?. *. , : ? ?: -> && || == != < >= <= ! <=> += -= <<= in as"
                  + " instanceof new else import extends implements yield")
              .split(" "));
  private static final List<String> OPEN =
      List.of("'<EOF>'", "without method body in the script", "Either a catch or finally clause");

  private Unfinished() {}

  static boolean is(String text) {
    if (text.isBlank()) {
      return false;
    }
    if (text.stripTrailing().endsWith("\\") || quoted(text)) {
      return true;
    }
    Tokens tokens = Tokens.of(text);
    int depth = depth(tokens);
    if (depth != 0) {
      return depth > 0;
    }
    int last = tokens.size() - 1;
    while (tokens.type(last) == NL) {
      last--;
    }
    boolean wantsMore =
        last >= 0
            && tokens.type(last) != GStringEnd // its slash divides nothing
            && WANTS_MORE.contains(tokens.text(last))
            && !isStarImport(tokens, last);
    return wantsMore || endsTooSoon(text);
  }

  /** Returns whether a star ends an import and is no product whose right side is still missing. */
  private static boolean isStarImport(Tokens tokens, int star) {
    return star > 0 && tokens.type(star) == MUL && tokens.type(star - 1) == DOT;
  }

  private static int depth(Tokens tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size() && depth >= 0; i++) {
      if (Tokens.opens(tokens.type(i))) {
        depth++;
      } else if (Tokens.closes(tokens.type(i))) {
        depth--;
      }
    }
    return depth;
  }

  /** Returns whether a multi-line string or a comment is open at the end. */
  static boolean quoted(String text) {
    String open = "";
    for (int i = 0; i < text.length(); i++) {
      if (open.isEmpty()) {
        open = opened(text, i);
        i += Math.max(0, open.length() - 1);
      } else if (text.charAt(i) == '\\' && !open.equals("*/") && !open.equals("\n")) {
        i++;
      } else if (text.startsWith(open, i)) {
        i += open.length() - 1;
        open = "";
      } else if (text.charAt(i) == '\n' && open.length() == 1) {
        open = ""; // a string in single quotes ends with its line, wrong as it is
      }
    }
    return open.length() > 1;
  }

  /** Returns the delimiter that ends the text or comment that begins at an index; may be empty. */
  private static String opened(String text, int at) {
    for (String quote : List.of("'''", "\"\"\"", "'", "\"")) {
      if (text.startsWith(quote, at)) {
        return quote;
      }
    }
    return text.startsWith("/*", at) ? "*/" : text.startsWith("//", at) ? "\n" : "";
  }

  private static boolean endsTooSoon(String text) {
    try {
      var unit = new CompilationUnit(CompileTimeRefusal.configuration());
      unit.addSource("text", Yields.rewrite(text, "").text());
      unit.compile(Phases.CONVERSION);
      return false;
    } catch (MultipleCompilationErrorsException e) {
      return OPEN.stream().anyMatch(String.valueOf(e.getMessage())::contains);
    } catch (Yields.Misplaced e) {
      return false;
    }
  }
}
