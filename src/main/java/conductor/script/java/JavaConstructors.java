package conductor.script.java;

import java.util.ArrayList;
import java.util.List;

/**
 * The constructors of a record at the top level. JShell makes the record public, of which javac
 * demands that its canonical constructor is public too.
 */
final class JavaConstructors {

  /** What they lack. */
  static final String PUBLIC = "public ";

  private JavaConstructors() {}

  /** Returns where it is to be inserted, as places in the code with those before it. */
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

  /** Returns the name of the record that is declared; empty when it is something else. */
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

  /** Returns whether a member begins with the name, and is a constructor. */
  private static boolean begins(List<JavaTokens.Token> tokens, int at) {
    JavaTokens.Token before = tokens.get(at - 1);
    boolean first = before.is("{") || before.is("}") || before.is(";");
    return first
        && at + 1 < tokens.size()
        && (tokens.get(at + 1).is("{") || tokens.get(at + 1).is("("));
  }

  /** Returns the code with it inserted. */
  static String opened(String code, List<Integer> places) {
    var open = new StringBuilder(code);
    places.forEach(place -> open.insert(place, PUBLIC));
    return open.toString();
  }
}
