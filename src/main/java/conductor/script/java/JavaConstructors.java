package conductor.script.java;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the constructors of a top-level record public. JShell makes the record public, and javac
 * demands that the canonical constructor of a public record is public too.
 */
final class JavaConstructors {

  /** The modifier to insert. */
  static final String PUBLIC = "public ";

  private JavaConstructors() {}

  /** Returns the offsets at which to insert the modifier, each counted with earlier insertions. */
  static List<Integer> toOpen(String code) {
    List<JavaTokens.Token> tokens = JavaTokens.of(code).code();
    var places = new ArrayList<Integer>();
    String name = record(tokens);
    int depth = 0;
    for (int at = 0; at < tokens.size() && !name.isEmpty(); at++) {
      JavaTokens.Token token = tokens.get(at);
      if (token.is("{")) {
        depth++;
      } else if (token.is("}")) {
        depth--;
      } else if (depth == 1 && token.text().equals(name) && begins(tokens, at)) {
        places.add(token.start() + places.size() * PUBLIC.length());
      }
    }
    return places;
  }

  /** Returns the name of the declared record; empty when the code is something else. */
  private static String record(List<JavaTokens.Token> tokens) {
    for (int at = 0; at + 1 < tokens.size(); at++) {
      JavaTokens.Token token = tokens.get(at);
      if (token.text().equals("record") && tokens.get(at + 1).kind() == JavaTokens.Kind.NAME) {
        return tokens.get(at + 1).text();
      }
      if (token.kind() == JavaTokens.Kind.SIGN && !token.is("@")) {
        return "";
      }
    }
    return "";
  }

  /** Returns whether the name at an index begins a constructor. */
  private static boolean begins(List<JavaTokens.Token> tokens, int at) {
    JavaTokens.Token before = tokens.get(at - 1);
    boolean first = before.is("{") || before.is("}") || before.is(";");
    return first
        && at + 1 < tokens.size()
        && (tokens.get(at + 1).is("{") || tokens.get(at + 1).is("("));
  }

  /** Returns the code with the modifier inserted. */
  static String opened(String code, List<Integer> places) {
    var open = new StringBuilder(code);
    places.forEach(place -> open.insert(place, PUBLIC));
    return open.toString();
  }
}
