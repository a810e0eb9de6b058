package conductor.handlers.agent;

import java.util.BitSet;

/**
 * A pattern whose {@code *} stands for any text, also for none. Matching takes time in proportion
 * to the pattern times the text, whatever they are.
 */
final class Wildcard {

  private final String pattern;

  Wildcard(String pattern) {
    this.pattern = pattern;
  }

  /** Whether a text fits; what is unknown in it fits a {@code *} only. */
  boolean matches(String text) {
    return ends(text, false);
  }

  /** Whether a text fits, or would with some text in place of what is unknown. */
  boolean mayMatch(String text) {
    return ends(text, true);
  }

  private boolean ends(String text, boolean guess) {
    var states = new BitSet(pattern.length() + 1);
    states.set(0);
    passStars(states);
    for (int at = 0; at < text.length() && !states.isEmpty(); at++) {
      char c = text.charAt(at);
      if (c == ShellLine.UNKNOWN && guess) {
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
        } else if (wanted == c) {
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
