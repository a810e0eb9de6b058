package conductor.journal;

import java.util.List;
import java.util.Optional;

/**
 * An effect's place in a run: the path of its branch and a counter ({@code 4}, {@code 4.impl.2}),
 * given when the effect is asked for (law 3). A cancelled branch has another counter ({@code
 * 4.impl.c.1}). A step of an effect has its name behind a slash ({@code 5/commit}).
 */
public record Position(String text) implements Comparable<Position> {

  public BranchPath branch(String key) {
    return new BranchPath(text + "." + escape(key));
  }

  public Position step(String name) {
    return new Position(text + "/" + name);
  }

  /** Returns the position of the effect that a step belongs to; of no step this position. */
  public Position effect() {
    int slash = text.indexOf('/');
    return slash < 0 ? this : new Position(text.substring(0, slash));
  }

  public boolean isStep() {
    return text.indexOf('/') >= 0;
  }

  /** Returns whether the effect was asked for after its branch was cancelled. */
  public boolean isCleanup() {
    String effect = effect().text;
    int mark = effect.lastIndexOf('.') - 1;
    boolean marked =
        mark >= 0 && effect.charAt(mark) == 'c' && (mark == 0 || effect.charAt(mark - 1) == '.');
    return marked && isCleanupMark(parts(), parts().size() - 2);
  }

  /** Returns the branch that asked for the effect. */
  public BranchPath branch() {
    String effect = effect().text;
    int end = effect.lastIndexOf('.');
    if (isCleanup()) {
      end = effect.lastIndexOf('.', end - 1);
    }
    return end < 0 ? BranchPath.ROOT : new BranchPath(effect.substring(0, end));
  }

  /** Returns the counter within its branch. */
  public int number() {
    String effect = effect().text;
    return Integer.parseInt(effect.substring(effect.lastIndexOf('.') + 1));
  }

  /** Returns the position of the control that opened this position's branch; empty in the root. */
  public Optional<Position> opener() {
    return opener(branch());
  }

  /** Returns the position of the control that opened a branch; empty for the root. */
  public static Optional<Position> opener(BranchPath branch) {
    int dot = branch.text().lastIndexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new Position(branch.text().substring(0, dot)));
  }

  /** Orders by depth-first program order, numbers by value. */
  @Override
  public int compareTo(Position other) {
    var mine = parts();
    var theirs = other.parts();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      int order = compareParts(mine.get(i), theirs.get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(mine.size(), theirs.size());
    return order != 0 ? order : text.compareTo(other.text);
  }

  private static int compareParts(String left, String right) {
    boolean numbers = isNumber(left) && isNumber(right);
    return numbers
        ? Long.compare(Long.parseLong(left), Long.parseLong(right))
        : left.compareTo(right);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty()
        && part.length() < 18
        && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * Returns whether the part at an index marks a position after a cancellation: a {@code c} where a
   * counter is due. Counters and keys alternate.
   */
  private static boolean isCleanupMark(List<String> parts, int index) {
    int i = 0;
    while (i < parts.size()) {
      boolean mark = parts.get(i).equals("c") && i + 1 < parts.size();
      if (mark && i == index) {
        return true;
      }
      i += mark ? 3 : 2;
    }
    return false;
  }

  private List<String> parts() {
    return List.of(effect().text.split("\\."));
  }

  private static String escape(String key) {
    return key.replace("%", "%25").replace(".", "%2E").replace("/", "%2F").replace("\n", "%0A");
  }

  @Override
  public String toString() {
    return text;
  }
}
