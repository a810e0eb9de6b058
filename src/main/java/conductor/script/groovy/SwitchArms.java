package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import java.util.Set;

/**
 * Recognises the {@code yield}s at the end of a switch arm whose value is used: these perform an
 * effect and give the reply as the arm's value. Looks through if, else and try, not through loops
 * and closures.
 */
final class SwitchArms {

  private static final Set<Integer> STATEMENT_STARTS =
      Set.of(Tokens.END, NL, SEMI, LBRACE, RBRACE, RPAREN, ELSE, DO);

  private static final Set<Integer> BEFORE_STATEMENTS =
      Set.of(NL, SEMI, LBRACE, RBRACE, COLON, ELSE);
  private static final Set<Integer> AFTER_BLOCKS =
      Set.of(RBRACE, CASE, DEFAULT, ELSE, CATCH, FINALLY);

  private final Tokens tokens;

  SwitchArms(Tokens tokens) {
    this.tokens = tokens;
  }

  boolean givesItsValue(int yield, int last) {
    if (!BEFORE_STATEMENTS.contains(tokens.type(yield - 1)) || !endsBlock(last)) {
      return false;
    }
    int at = yield;
    while (true) {
      int open = tokens.enclosing(at);
      if (open < 0 || tokens.type(open) != LBRACE) {
        return false;
      }
      int keyword = switchOf(open);
      if (keyword >= 0) {
        return !STATEMENT_STARTS.contains(tokens.type(keyword - 1)); // its value is used
      }
      if (!isTransparent(open) || !endsBlock(tokens.closing(open))) {
        return false;
      }
      at = open;
    }
  }

  /** Returns whether nothing of an arm follows a token. */
  private boolean endsBlock(int last) {
    int at = last + 1;
    while (tokens.type(at) == NL || tokens.type(at) == SEMI) {
      at++;
    }
    return AFTER_BLOCKS.contains(tokens.type(at));
  }

  /** Returns whether a brace opens the body of an arm, an if, an else, a try or a catch. */
  private boolean isTransparent(int open) {
    int before = tokens.type(open - 1);
    if (before == ARROW || before == ELSE || before == TRY) {
      return true;
    }
    if (before != RPAREN) {
      return false;
    }
    int keyword = tokens.type(tokens.enclosing(open - 1) - 1);
    return keyword == IF || keyword == CATCH;
  }

  /** Returns the index of the switch whose body a brace opens; -1 when there is none. */
  private int switchOf(int open) {
    if (tokens.type(open - 1) != RPAREN) {
      return -1;
    }
    int group = tokens.enclosing(open - 1);
    return tokens.type(group - 1) == SWITCH ? group - 1 : -1;
  }
}
