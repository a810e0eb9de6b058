package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the tokens before the cursor in a Groovy text: the type of an expression, as far as the
 * tokens tell it, and the name of an argument.
 */
final class TokensBeforeCursor {

  private TokensBeforeCursor() {}

  /** Returns the type of the value before a dot at the end, as far as the tokens tell it. */
  static Optional<Class<?>> type(Vocabulary vocabulary, String text) {
    Tokens tokens = Tokens.of(text);
    int last = tokens.size() - 2;
    if (tokens.type(last) == StringLiteral) {
      return Optional.of(String.class);
    }
    return tokens.type(last) == RPAREN ? reply(vocabulary, tokens, last) : Optional.empty();
  }

  private static Optional<Class<?>> reply(Vocabulary vocabulary, Tokens tokens, int closing) {
    int open = tokens.enclosing(closing);
    boolean performs = tokens.isName(open - 1) && tokens.text(open - 1).equals("perform");
    if ((performs || tokens.type(open + 1) == YIELD) && tokens.type(closing - 1) == RPAREN) {
      int inner = tokens.enclosing(closing - 1);
      return performed(vocabulary, tokens, inner - 1);
    }
    return tokens.type(open - 2) == YIELD
        ? performed(vocabulary, tokens, open - 1)
        : Optional.empty();
  }

  private static Optional<Class<?>> performed(Vocabulary vocabulary, Tokens tokens, int name) {
    return tokens.isName(name)
        ? vocabulary
            .signature(tokens.text(name))
            .map(Signature::replyType)
            .flatMap(TokensBeforeCursor::raw)
        : Optional.empty();
  }

  private static Optional<Class<?>> raw(Type type) {
    return switch (type) {
      case ParameterizedType parameterized -> raw(parameterized.getRawType());
      case Class<?> plain when plain != Object.class && plain != Void.class -> Optional.of(plain);
      default -> Optional.empty();
    };
  }

  /** Returns the name of the argument whose value begins at the end; may be empty. */
  static String argument(String text) {
    Tokens tokens = Tokens.of(text);
    int last = tokens.size() - 1;
    boolean within = tokens.type(last) == LBRACK;
    int colon = within ? last - 1 : last;
    return tokens.type(colon) == COLON && colon > 0 ? tokens.text(colon - 1) : "";
  }

  /** Returns the texts for the values of an enum or of a list of one; empty for others. */
  static Map<String, String> texts(Type type) {
    var texts = new TreeMap<String, String>();
    Type one = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
    if (one instanceof Class<?> plain && plain.isEnum()) {
      for (Object constant : plain.getEnumConstants()) {
        texts.put(constant.toString().toLowerCase(Locale.ROOT), "");
      }
    }
    return texts;
  }
}
