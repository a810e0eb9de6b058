package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a Groovy text to be shown in color. */
final class Colors {

  private static final Set<String> WORDS =
      Set.of(
          ("as def in trait var yield assert break case catch class continue default else enum"
                  + " extends final finally for if implements import instanceof interface new null"
                  + " true false return static super switch this throw try void while boolean byte"
                  + " char double float int long short")
              .split(" "));
  private static final Set<Integer> TEXTS =
      Set.of(StringLiteral, GStringBegin, GStringPart, GStringEnd);

  private Colors() {}

  static List<Session.Colored> of(Vocabulary vocabulary, String text) {
    Tokens tokens = Tokens.of(text);
    var colored = new ArrayList<Session.Colored>();
    for (int i = 0; i < tokens.size(); i++) {
      Session.Kind kind = kind(vocabulary, tokens, i);
      if (kind != null) {
        colored.add(new Session.Colored(tokens.start(i), tokens.end(i), kind));
      }
    }
    return colored;
  }

  private static Session.@Nullable Kind kind(Vocabulary vocabulary, Tokens tokens, int index) {
    int type = tokens.type(index);
    if (TEXTS.contains(type)) {
      return Session.Kind.TEXT;
    }
    if (WORDS.contains(tokens.text(index))) {
      return Session.Kind.WORD;
    }
    if (type == NL) { // the lexer gives comments this type too
      return tokens.text(index).startsWith("/") ? Session.Kind.COMMENT : null;
    }
    if (type == IntegerLiteral || type == FloatingPointLiteral) {
      return Session.Kind.NUMBER;
    }
    boolean effect = type == CapitalizedIdentifier && vocabulary.hasWord(tokens.text(index));
    return effect ? Session.Kind.EFFECT : null;
  }
}
