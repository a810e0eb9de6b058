package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import java.util.Set;

/**
 * Knows which {@code yield}s end an arm of a switch whose value is used: these perform and give the
 * value. Looks through if, else and try, not through loops and closures.
 */
final class Arms {

  private static final Set<Integer> STATEMENT_STARTS =
      Set.of(Tokens.END, NL, SEMI, LBRACE, RBRACE, RPAREN, ELSE, DO);

  private final Tokens tokens;

  Arms(Tokens tokens) {
    this.tokens = tokens;
  }

  boolean givesItsValue(int yield, int last) {
    if (!isStatement(yield) || !endsBlock(last)) {
      return false;
    }
    int at = yield;
    while (true) {
      int open = tokens.enclosing(at);
      if (open < 0 || tokens.type(open) != LBRACE) {
        return false;
      }
      if (isSwitchBody(open)) {
        return isUsed(switchOf(open));
      }
      if (!isTransparent(open) || !endsBlock(tokens.closing(open))) {
        return false;
      }
      at = open;
    }
  }

  private boolean isStatement(int yield) {
    int before = tokens.type(yield - 1);
    return before == NL
        || before == SEMI
        || before == LBRACE
        || before == RBRACE
        || before == COLON
        || before == ELSE;
  }

  /** Returns whether nothing more of an arm follows: the arm's brace, the next arm, or an else. */
  private boolean endsBlock(int last) {
    int at = last + 1;
    while (tokens.type(at) == NL || tokens.type(at) == SEMI) {
      at++;
    }
    int next = tokens.type(at);
    return next == RBRACE
        || next == CASE
        || next == DEFAULT
        || next == ELSE
        || next == CATCH
        || next == FINALLY;
  }

  /** Returns a brace that belongs to an arm, an if, an else or a try. */
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

  private boolean isSwitchBody(int open) {
    return switchOf(open) >= 0;
  }

  /** Returns the switch whose body a brace opens; below 0 when it is something else. */
  private int switchOf(int open) {
    if (tokens.type(open - 1) != RPAREN) {
      return -1;
    }
    int group = tokens.enclosing(open - 1);
    return tokens.type(group - 1) == SWITCH ? group - 1 : -1;
  }

  private boolean isUsed(int keyword) {
    return !STATEMENT_STARTS.contains(tokens.type(keyword - 1));
  }
}
