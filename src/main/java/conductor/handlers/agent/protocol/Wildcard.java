package conductor.handlers.agent.protocol;

import java.util.BitSet;

/**
 * A pattern in which {@code *} stands for any text, including none. Matching takes time
 * proportional to the product of the lengths of pattern and text in all cases. Immutable.
 */
public final class Wildcard {

  /** Stands in a text for an unknown part. */
  public static final char UNKNOWN = '\0';

  private final String pattern;
  private final boolean marks;

  private Wildcard(String pattern, boolean marks) {
    this.pattern = pattern;
    this.marks = marks;
  }

  /** Returns a pattern in which every character except {@code *} stands for itself. */
  public static Wildcard of(String pattern) {
    return new Wildcard(pattern, false);
  }

  /** Returns a pattern in which {@code ?} also stands for any one character. */
  public static Wildcard withMarks(String pattern) {
    return new Wildcard(pattern, true);
  }

  /** Returns whether a text matches; an unknown part of the text matches only {@code *}. */
  public boolean matches(String text) {
    return ends(text, false);
  }

  /** Returns whether a text matches for some content of its unknown parts. */
  public boolean mayMatch(String text) {
    return ends(text, true);
  }

  private boolean ends(String text, boolean guess) {
    var states = new BitSet(pattern.length() + 1);
    states.set(0);
    passStars(states);
    for (int at = 0; at < text.length() && !states.isEmpty(); at++) {
      char c = text.charAt(at);
      if (c == UNKNOWN && guess) {
        states.set(states.nextSetBit(0), pattern.length() + 1);
      } else {
        states = after(states, c);
      }
    }
    return states.get(pattern.length());
  }

  private BitSet after(BitSet states, char c) {
    var next = new BitSet(pattern.length() + 1);
    for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
      if (state < pattern.length()) {
        char wanted = pattern.charAt(state);
        if (wanted == '*') {
          next.set(state);
        } else if (wanted == c || (marks && wanted == '?')) {
          next.set(state + 1);
        }
      }
    }
    passStars(next);
    return next;
  }

  private void passStars(BitSet states) {
    for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
      if (state < pattern.length() && pattern.charAt(state) == '*') {
        states.set(state + 1);
      }
    }
  }
}
