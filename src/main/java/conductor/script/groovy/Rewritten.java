package conductor.script.groovy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A text with edits that add no line. Maps its columns back to those of the original. */
final class Rewritten {

  private final String text;
  private final Map<Integer, List<Shift>> shifts;

  /** Columns of the new text from {@code from} on are {@code by} further right than before. */
  private record Shift(int from, int by) {}

  /**
   * Replaces the text between two offsets. Of two edits at one offset the first given comes first.
   */
  record Edit(int start, int end, String replacement) {}

  private Rewritten(String text, Map<Integer, List<Shift>> shifts) {
    this.text = text;
    this.shifts = shifts;
  }

  static Rewritten of(String original, List<Edit> edits) {
    var sorted = new ArrayList<>(edits);
    sorted.sort(Comparator.comparingInt(Edit::start));
    var out = new StringBuilder();
    var shifts = new HashMap<Integer, List<Shift>>();
    int at = 0;
    int line = 1;
    for (Edit edit : sorted) {
      String kept = original.substring(at, edit.start());
      line += (int) kept.chars().filter(c -> c == '\n').count();
      out.append(kept).append(edit.replacement());
      at = edit.end();
      int grown = edit.replacement().length() - (edit.end() - edit.start());
      if (grown != 0) {
        int column = out.length() - out.lastIndexOf("\n");
        shifts.computeIfAbsent(line, key -> new ArrayList<>()).add(new Shift(column, grown));
      }
    }
    return new Rewritten(out.append(original.substring(at)).toString(), shifts);
  }

  String text() {
    return text;
  }

  /** Returns the original column of a column of the new text; both counted from 1. */
  int column(int line, int column) {
    int original = column;
    for (Shift shift : shifts.getOrDefault(line, List.of())) {
      if (column >= shift.from()) {
        original -= shift.by();
      }
    }
    return Math.max(1, original);
  }
}
