package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import java.util.Set;

/**
 * Finds the operand of a {@code yield}: a dotted name with at most one call, a list or map, a group
 * in parentheses, or {@code new}. Whatever follows applies to the reply.
 */
final class Operand {

  private static final Set<Integer> MEMBER = Set.of(DOT, SAFE_DOT, SPREAD_DOT, SAFE_CHAIN_DOT);
  private static final Set<Integer> LITERALS =
      Set.of(StringLiteral, GStringBegin, IntegerLiteral, FloatingPointLiteral);

  private final Tokens tokens;

  Operand(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Returns the index of the operand's last token, or -1 when no operand begins at an index. */
  int end(int first) {
    return switch (tokens.type(first)) {
      case LPAREN, LBRACK -> tokens.closing(first);
      case NEW -> call(dotted(first + 1));
      case Identifier, CapitalizedIdentifier, THIS, SUPER -> call(dotted(first));
      default -> -1;
    };
  }

  private int dotted(int first) {
    int at = first;
    while (MEMBER.contains(tokens.type(at + 1))) {
      at += 2;
    }
    return at;
  }

  /** Returns the last token of a call: its arguments and closures must follow immediately. */
  private int call(int name) {
    int at = name;
    if (tokens.type(at + 1) == LPAREN && tokens.start(at + 1) == tokens.end(at)) {
      at = tokens.closing(at + 1);
    }
    while (tokens.type(at + 1) == LBRACE) {
      at = tokens.closing(at + 1);
    }
    return at;
  }

  /** Returns whether arguments without parentheses follow a name: {@code yield X 3}. */
  boolean isCommand(int first, int last) {
    boolean name = first == last || MEMBER.contains(tokens.type(last - 1));
    int next = tokens.type(last + 1);
    return name && (tokens.isName(last + 1) || LITERALS.contains(next));
  }
}
