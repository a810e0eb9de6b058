package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.RecognitionException;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayList;
import java.util.List;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;

/**
 * The tokens of a Groovy text, as Groovy's own lexer reads them, up to what it cannot read.
 * Comments have the type of line ends. Offsets count UTF-16 units.
 */
final class Tokens {

  /** The {@link #type} of an index outside the tokens. */
  static final int END = Token.EOF;

  private final String text;
  private final List<Token> tokens;

  private Tokens(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  static Tokens of(String text) {
    var lexer = new GroovyLangLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    var tokens = new ArrayList<Token>();
    try {
      fill(lexer, tokens);
    } catch (GroovySyntaxError | RecognitionException e) {
      return new Tokens(text, tokens); // the parser reports what is wrong after them
    }
    return new Tokens(text, tokens);
  }

  private static void fill(GroovyLangLexer lexer, List<Token> tokens) {
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        tokens.add(token);
      }
    }
  }

  int size() {
    return tokens.size();
  }

  int type(int index) {
    return index < 0 || index >= tokens.size() ? END : tokens.get(index).getType();
  }

  int start(int index) {
    return text.offsetByCodePoints(0, tokens.get(index).getStartIndex());
  }

  /** Returns the offset at which a token ends, exclusively. */
  int end(int index) {
    return text.offsetByCodePoints(0, tokens.get(index).getStopIndex() + 1);
  }

  int line(int index) {
    return tokens.get(index).getLine();
  }

  int column(int index) {
    return tokens.get(index).getCharPositionInLine() + 1;
  }

  String text(int index) {
    return text.substring(start(index), end(index));
  }

  boolean isName(int index) {
    return type(index) == Identifier || type(index) == CapitalizedIdentifier;
  }

  static boolean opens(int type) {
    return type == LPAREN || type == LBRACK || type == LBRACE || type == SAFE_INDEX;
  }

  static boolean closes(int type) {
    return type == RPAREN || type == RBRACK || type == RBRACE;
  }

  /** Returns the index of the bracket that closes another; the last token when none does. */
  int closing(int open) {
    int depth = 0;
    for (int i = open; i < size(); i++) {
      if (opens(type(i))) {
        depth++;
      } else if (closes(type(i)) && --depth == 0) {
        return i;
      }
    }
    return size() - 1;
  }

  /** Returns the index of the innermost open bracket around a token; -1 when there is none. */
  int enclosing(int index) {
    int depth = 0;
    for (int i = index - 1; i >= 0; i--) {
      if (closes(type(i))) {
        depth++;
      } else if (opens(type(i)) && depth-- == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the index of the first token at or after an index that is no line end. */
  int skipLines(int index) {
    int at = index;
    while (type(at) == NL) {
      at++;
    }
    return at;
  }
}
