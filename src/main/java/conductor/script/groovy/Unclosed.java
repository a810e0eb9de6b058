package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.LBRACK;
import static org.apache.groovy.parser.antlr4.GroovyLexer.LPAREN;

/** Finds the bracket that is still open where the parser gave up. */
final class Unclosed {

  private Unclosed() {}

  /**
   * Returns a hint that names the open bracket, beginning with a colon; empty when there is none,
   * or when it is on the same line as the place.
   */
  static String hint(String text, int place) {
    Tokens tokens = Tokens.of(text);
    int at = 0;
    while (at < tokens.size() && tokens.start(at) < place) {
      at++;
    }
    int open = tokens.enclosing(at);
    boolean bracket = tokens.type(open) == LPAREN || tokens.type(open) == LBRACK;
    if (!bracket || text.substring(tokens.start(open), place).indexOf('\n') < 0) {
      return "";
    }
    return ": the '%s' of line %d, column %d is still open here"
        .formatted(tokens.text(open), tokens.line(open), tokens.column(open));
  }
}
