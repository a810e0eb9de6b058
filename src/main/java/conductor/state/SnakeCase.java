package conductor.state;

import java.util.Locale;

/** Spells Java names in snake case, as arguments, journals and the state's files have them. */
public final class SnakeCase {

  private SnakeCase() {}

  /** Returns a name in snake case: {@code baseCommit} is {@code base_commit}. */
  public static String of(String name) {
    var spelt = new StringBuilder();
    for (int n = 0; n < name.length(); n++) {
      if (n > 0 && isIn(name.charAt(n), 'A', 'Z') && endsWord(name.charAt(n - 1))) {
        spelt.append('_');
      }
      spelt.append(name.charAt(n));
    }
    return spelt.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean endsWord(char letter) {
    return isIn(letter, 'a', 'z') || isIn(letter, '0', '9');
  }

  private static boolean isIn(char letter, char first, char last) {
    return letter >= first && letter <= last;
  }
}
