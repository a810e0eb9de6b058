package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import java.util.Optional;

/**
 * The syntax around the cursor in a Groovy text, as far as completion needs it: only the text
 * before the cursor is read.
 *
 * @param vocabulary the effects there are
 * @param word the beginning of the word that the cursor is in; empty between words
 * @param from where that word begins
 * @param owner the dotted name before the word: {@code env} in {@code env.pa}; empty when there is
 *     none
 * @param effect the name of the effect whose arguments the cursor is in, outside closures; empty
 *     when there is none
 * @param quoted whether the cursor is inside a string
 */
record Context(
    Vocabulary vocabulary, String word, int from, String owner, String effect, boolean quoted) {

  static Context at(Vocabulary vocabulary, String text, int cursor) {
    String before = text.substring(0, cursor);
    Tokens tokens = Tokens.of(before);
    int quote = openQuote(before);
    if (quote >= 0) {
      return new Context(
          vocabulary, before.substring(quote + 1), quote + 1, "", effect(vocabulary, tokens), true);
    }
    int from = cursor;
    while (from > 0 && Character.isJavaIdentifierPart(before.charAt(from - 1))) {
      from--;
    }
    return new Context(
        vocabulary,
        before.substring(from),
        from,
        owner(before, from),
        effect(vocabulary, tokens),
        false);
  }

  /** Returns the index of the quote that is open on the last line; -1 when none is. */
  private static int openQuote(String before) {
    int open = -1;
    for (int i = before.lastIndexOf('\n') + 1; i < before.length(); i++) {
      char c = before.charAt(i);
      if (open >= 0 && c == '\\') {
        i++;
      } else if (open >= 0 && c == before.charAt(open)) {
        open = -1;
      } else if (open < 0 && (c == '\'' || c == '"')) {
        open = i;
      }
    }
    return open;
  }

  /** Returns the dotted name before a dot that ends at an index; empty when no dot is there. */
  private static String owner(String before, int from) {
    if (from == 0 || before.charAt(from - 1) != '.') {
      return "";
    }
    int end = before.startsWith("?", Math.max(0, from - 2)) ? from - 2 : from - 1;
    int start = end;
    while (start > 0 && isOfPath(before.charAt(start - 1))) {
      start--;
    }
    return before.substring(start, end).replace("?", "");
  }

  private static boolean isOfPath(char c) {
    return Character.isJavaIdentifierPart(c) || c == '.' || c == '?';
  }

  private static String effect(Vocabulary vocabulary, Tokens tokens) {
    int open = tokens.enclosing(tokens.size());
    while (open >= 0 && tokens.type(open) != LBRACE) {
      if (tokens.type(open) == LPAREN && tokens.type(open - 1) == CapitalizedIdentifier) {
        String name = tokens.text(open - 1);
        return vocabulary.hasWord(name) ? name : "";
      }
      open = tokens.enclosing(open);
    }
    return "";
  }

  /** Returns the signature of the effect around the cursor; empty for none and for a control. */
  Optional<Signature> construction() {
    return vocabulary.signature(effect);
  }

  /** Returns the signature and reply of the effect or control around the cursor; may be empty. */
  String signature() {
    return construction()
        .map(signature -> signature + " -> " + signature.reply())
        .or(() ->
            ControlForm.all().stream()
                .filter(control -> control.name().equals(effect))
                .map(control -> control.shape() + " -> " + control.reply())
                .findFirst())
        .orElse("");
  }
}
