package conductor.handlers.git;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a file that changed, with those around them.
 *
 * @param heading where it is, as a patch says it: {@code @@ -1,3 +1,4 @@}, and the line that a
 *     function or class begins with where git knows it
 */
public record DiffHunk(String heading, List<DiffLine> lines) {

  public DiffHunk {
    lines = List.copyOf(lines);
  }

  /** What stands side by side; null where one side has nothing. */
  public record Pair(@Nullable DiffLine left, @Nullable DiffLine right) {}

  /** Returns the same with other texts. */
  DiffHunk map(UnaryOperator<String> text) {
    return new DiffHunk(
        text.apply(heading),
        lines.stream()
            .map(line -> new DiffLine(line.kind(), line.from(), line.to(), text.apply(line.text())))
            .toList());
  }

  /** Returns the same with its first lines only. */
  DiffHunk first(int most) {
    return lines.size() <= most ? this : new DiffHunk(heading, lines.subList(0, most));
  }

  /**
   * Returns the lines side by side: those before at the left and those after at the right, with
   * lines that were removed beside the ones that came for them.
   */
  public List<Pair> pairs() {
    var pairs = new ArrayList<Pair>();
    var left = new ArrayList<DiffLine>();
    var right = new ArrayList<DiffLine>();
    DiffLine.Kind before = DiffLine.Kind.CONTEXT;
    for (DiffLine line : lines) {
      DiffLine.Kind side = line.kind() == DiffLine.Kind.NOTE ? before : line.kind();
      if (side == DiffLine.Kind.CONTEXT || (side == DiffLine.Kind.REMOVED && !right.isEmpty())) {
        drain(left, right, pairs);
      }
      if (side != DiffLine.Kind.ADDED) {
        left.add(line);
      }
      if (side != DiffLine.Kind.REMOVED) {
        right.add(line);
      }
      before = side;
    }
    drain(left, right, pairs);
    return pairs;
  }

  private static void drain(List<DiffLine> left, List<DiffLine> right, List<Pair> pairs) {
    for (int n = 0; n < Math.max(left.size(), right.size()); n++) {
      pairs.add(
          new Pair(n < left.size() ? left.get(n) : null, n < right.size() ? right.get(n) : null));
    }
    left.clear();
    right.clear();
  }
}
