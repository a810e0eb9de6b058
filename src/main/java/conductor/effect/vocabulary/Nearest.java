package conductor.effect.vocabulary;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the name that a misspelt one was probably meant to be. */
public final class Nearest {

  private Nearest() {}

  /**
   * Returns the candidate that is the fewest edits away; empty when these are more than a third of
   * the word's letters, and more than one.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    int most = Math.max(1, word.length() / 3);
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
        .filter(candidate -> edits(word, candidate) <= most);
  }

  /** Returns {@code - did you mean 'x'?} with a blank before it; empty when nothing is near. */
  public static String hint(String word, Collection<String> candidates) {
    return to(word, candidates).map(found -> " - did you mean '" + found + "'?").orElse("");
  }

  /**
   * Returns the number of edits between two words, whatever their case; two letters in the wrong
   * order are one edit.
   */
  private static int edits(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] swapped = {};
    int[] before = {};
    int[] row = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      swapped = before;
      before = row;
      row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
        if (isSwapped(a, i, b, j)) {
          row[j] = Math.min(row[j], swapped[j - 2] + 1);
        }
      }
    }
    return row[b.length()];
  }

  private static boolean isSwapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
