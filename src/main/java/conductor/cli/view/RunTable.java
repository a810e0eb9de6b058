package conductor.cli.view;

import conductor.handlers.people.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts what a list shows of runs into columns, a line for each run. Columns in which nothing stands
 * are left out; where the lines do not fit the screen, so are others, the least important first.
 */
public final class RunTable {

  /** The columns in their order; the text comes after them. */
  public enum Column {
    ID,
    STATUS,
    AGE,
    LABEL,
    NAME,
    REPO,
    COST,
    PR
  }

  /** What may be left out, the least important first. */
  private static final List<Column> SPARE =
      List.of(Column.REPO, Column.COST, Column.AGE, Column.PR, Column.NAME, Column.LABEL);

  /** How many columns of a screen a name takes at most. */
  private static final int NAME = 24;

  /** How many columns of a screen the text has at least, as far as it is that long. */
  private static final int TEXT = 24;

  private static final String GAP = "  ";

  private RunTable() {}

  /**
   * A run.
   *
   * @param cells what stands in the columns; one that is missing is empty
   * @param text what else is said of it, the most important first
   */
  public record Row(Map<Column, String> cells, List<String> text) {

    /** Makes what strangers wrote harmless, and each part one line. */
    public Row {
      var shown = new EnumMap<Column, String>(Column.class);
      cells.forEach((column, cell) -> shown.put(column, Shown.oneLine(cell)));
      cells = shown;
      text = text.stream().map(Shown::oneLine).filter(part -> !part.isEmpty()).toList();
    }

    private String cell(Column column) {
      return cells.getOrDefault(column, "");
    }

    private String line() {
      return String.join(GAP, text);
    }

    private Row cut() {
      var cells = new EnumMap<>(this.cells);
      cells.replaceAll((_, cell) -> new Screen(NAME, 0).cut(cell));
      return new Row(cells, text);
    }
  }

  /** Returns the lines of runs, as long as they are. */
  public static List<String> lines(List<Row> rows) {
    return lines(rows, columns(rows));
  }

  /** Returns the lines of runs that fit a screen. */
  public static List<String> lines(List<Row> rows, Screen screen) {
    List<Row> cut = rows.stream().map(Row::cut).toList();
    Map<Column, Integer> columns = columns(cut);
    int most = cut.stream().mapToInt(row -> Screen.columns(row.line())).max().orElse(0);
    for (Column spare : SPARE) {
      if (width(columns) + Math.min(TEXT, most) > screen.columns()) {
        columns.remove(spare);
      }
    }
    return lines(cut, columns).stream().map(screen::cut).toList();
  }

  private static List<String> lines(List<Row> rows, Map<Column, Integer> columns) {
    var lines = new ArrayList<String>();
    for (Row row : rows) {
      String cells =
          columns.entrySet().stream()
              .map(column -> padded(row.cell(column.getKey()), column.getValue()))
              .collect(Collectors.joining(GAP));
      lines.add((cells + GAP + row.line()).stripTrailing());
    }
    return lines;
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - Screen.columns(cell));
  }

  /** Returns the columns in which anything stands, with their widths. */
  private static Map<Column, Integer> columns(List<Row> rows) {
    var columns = new EnumMap<Column, Integer>(Column.class);
    for (Column column : Arrays.asList(Column.values())) {
      int width = rows.stream().mapToInt(row -> Screen.columns(row.cell(column))).max().orElse(0);
      if (width > 0) {
        columns.put(column, width);
      }
    }
    return columns;
  }

  private static int width(Map<Column, Integer> columns) {
    return columns.values().stream().mapToInt(width -> width + GAP.length()).sum();
  }
}
