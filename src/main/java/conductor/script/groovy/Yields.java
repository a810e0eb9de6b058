package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes {@code yield} an operator that may stand wherever an expression may: turns {@code yield
 * OPERAND} into a call. Works on the tokens of Groovy's own lexer, so that strings, comments, map
 * keys and members of that name are left alone.
 */
final class Yields {

  /** The method that is called; as long as {@code yield}, so that most columns stay the same. */
  static final String VERB = "_yld_";

  private static final Set<Integer> NOT_AN_OPERATOR_AFTER =
      Set.of(
          DOT,
          SAFE_DOT,
          SPREAD_DOT,
          SAFE_CHAIN_DOT,
          METHOD_POINTER,
          METHOD_REFERENCE,
          BREAK,
          CONTINUE,
          CLASS,
          AT);
  private static final Set<Integer> TYPES =
      Set.of(DEF, VAR, VOID, BuiltInPrimitiveType, Identifier, CapitalizedIdentifier, GT, RBRACK);

  private final String text;
  private final Tokens tokens;
  private final Operand operand;
  private final SwitchArms arms;
  private final List<Rewritten.Edit> edits = new ArrayList<>();

  private Yields(String text) {
    this.text = text;
    this.tokens = Tokens.of(text);
    this.operand = new Operand(tokens);
    this.arms = new SwitchArms(tokens);
  }

  /**
   * Rewrites a source text.
   *
   * @param prefix a text to insert before the first line, without a line end
   * @throws Misplaced when a {@code yield} has no operand that it can be applied to
   */
  static Rewritten rewrite(String text, String prefix) {
    List<Rewritten.Edit> before = List.of(new Rewritten.Edit(0, 0, prefix));
    if (!text.contains("yield")) {
      return Rewritten.of(text, before);
    }
    var yields = new Yields(text);
    yields.edits.addAll(before);
    return yields.rewrite();
  }

  /** A {@code yield} that cannot be applied; line and column are counted from 1. */
  static final class Misplaced extends RuntimeException {
    final int line;
    final int column;

    Misplaced(String message, int line, int column) {
      super(message);
      this.line = line;
      this.column = column;
    }
  }

  private Rewritten rewrite() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.type(i) == YIELD && !NOT_AN_OPERATOR_AFTER.contains(tokens.type(i - 1))) {
        rewrite(i);
      }
    }
    return Rewritten.of(text, edits);
  }

  private void rewrite(int at) {
    int first = tokens.type(at + 1) == NL ? overLines(at) : at + 1;
    refuse(at);
    int last = operand.end(first);
    if (last < 0 || isDeclaration(at) || isIndexed(at)) {
      return;
    }
    if (operand.isCommand(first, last)) {
      throw misplaced(
          at,
          "the arguments of '%s' need parentheses: yield %s(...)"
              .formatted(tokens.text(last), tokens.text(last)));
    }
    apply(at, first, last);
  }

  private void apply(int at, int first, int last) {
    int start = tokens.start(at);
    int end = tokens.end(at);
    String before = arms.givesItsValue(at, last) ? "yield " + VERB : VERB;
    boolean adjacent = tokens.type(first) == LPAREN && tokens.start(first) == end;
    if (adjacent) {
      edits.add(new Rewritten.Edit(start, end, before));
      return;
    }
    boolean blank = text.charAt(end) == ' ' || text.charAt(end) == '\t';
    edits.add(new Rewritten.Edit(start, blank ? end + 1 : end, before + "("));
    int behind = tokens.end(last);
    edits.add(new Rewritten.Edit(behind, behind, ")"));
  }

  private int overLines(int at) {
    int next = tokens.skipLines(at + 1);
    return tokens.type(next) == CapitalizedIdentifier ? next : at + 1;
  }

  private void refuse(int at) {
    switch (tokens.type(at + 1)) {
      case NOT ->
          throw misplaced(at, "yield takes an effect; to negate its reply write !yield X()");
      case LBRACE ->
          throw misplaced(
              at, "yield takes an effect, not a block; to run a block write yield Spawn { ... }");
      default -> {}
    }
  }

  private Misplaced misplaced(int at, String message) {
    return new Misplaced(message, tokens.line(at), tokens.column(at));
  }

  /** Returns whether {@code yield} is a variable: {@code yield[0]} is an element of it. */
  private boolean isIndexed(int at) {
    return tokens.type(at + 1) == LBRACK && tokens.start(at + 1) == tokens.end(at);
  }

  /** Returns whether {@code yield} is the name of a method: {@code def yield(x) { }}. */
  private boolean isDeclaration(int at) {
    if (tokens.type(at + 1) != LPAREN || !TYPES.contains(tokens.type(at - 1))) {
      return false;
    }
    int behind = tokens.skipLines(tokens.closing(at + 1) + 1);
    return tokens.type(behind) == LBRACE || tokens.type(behind) == THROWS;
  }
}
