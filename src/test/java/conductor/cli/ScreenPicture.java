package conductor.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.WCWidth;

/**
 * Draws what a terminal shows as an SVG picture: dark ground, 16 colours, bold, faint, underlined
 * and reversed text. Colours outside the 16 are drawn as ordinary text.
 */
final class ScreenPicture {

  private static final double CELL = 8.4;
  private static final int LINE = 18;
  private static final int MARGIN = 14;
  private static final String GROUND = "#1b1f27";
  private static final String TEXT = "#d5d9e0";

  /** Black, red, green, yellow, blue, magenta, cyan, white, and then the bright ones. */
  private static final List<String> COLOURS =
      List.of(
          "#4b5263", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d5d9e0",
          "#6b7385", "#ef8e96", "#b1d99a", "#f0d399", "#8cc8f7", "#d9a0e8", "#85d0d9", "#ffffff");

  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
  private static final AttributedStyle UNDERLINE = AttributedStyle.DEFAULT.underline();

  private ScreenPicture() {}

  /**
   * Returns the picture of lines that may hold SGR sequences.
   *
   * @param columns the width of the terminal
   */
  static String of(String screen, int columns) {
    List<String> lines = screen.stripTrailing().lines().toList();
    double width = columns * CELL + 2 * MARGIN;
    int height = lines.size() * LINE + 2 * MARGIN;
    var svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%d\" viewBox=\"0 0 %s %d\">\n"
            .formatted(number(width), height, number(width), height));
    svg.append("<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n".formatted(GROUND));
    svg.append(
        "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" fill=\"%s\">\n"
            .formatted(TEXT));
    for (int n = 0; n < lines.size(); n++) {
      draw(svg, AttributedString.fromAnsi(lines.get(n)), MARGIN + n * LINE);
    }
    return svg.append("</g>\n</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, AttributedString line, int top) {
    int column = 0;
    for (int start = 0; start < line.length(); ) {
      int end = line.runLimit(start);
      String text = line.subSequence(start, end).toString();
      int cells = text.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
      if (!text.isBlank()) {
        draw(svg, text, line.styleAt(start), MARGIN + column * CELL, top, cells);
      }
      column += cells;
      start = end;
    }
  }

  private static void draw(
      StringBuilder svg, String text, AttributedStyle style, double x, int top, int cells) {
    boolean reversed = has(style, AttributedStyle.INVERSE);
    String colour = colour(style);
    if (reversed) {
      svg.append(
          "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"/>\n"
              .formatted(number(x), top, number(cells * CELL), LINE, colour));
    }
    String attributes =
        " fill=\"%s\"".formatted(reversed ? GROUND : colour)
            + (has(style, AttributedStyle.BOLD) ? " font-weight=\"bold\"" : "")
            + (has(style, FAINT) ? " fill-opacity=\"0.6\"" : "")
            + (has(style, UNDERLINE) ? " text-decoration=\"underline\"" : "");
    svg.append(
        "<text x=\"%s\" y=\"%d\" textLength=\"%s\" xml:space=\"preserve\"%s>%s</text>\n"
            .formatted(number(x), top + 14, number(cells * CELL), attributes, escaped(text)));
  }

  private static String colour(AttributedStyle style) {
    for (int n = 0; n < COLOURS.size(); n++) {
      AttributedStyle wanted = AttributedStyle.DEFAULT.foreground(n);
      if ((style.getStyle() & wanted.getMask()) == wanted.getStyle()) {
        return COLOURS.get(n);
      }
    }
    return TEXT;
  }

  private static boolean has(AttributedStyle style, AttributedStyle mark) {
    return (style.getStyle() & mark.getStyle()) != 0;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(point ->
            switch (point) {
              case '<' -> "&lt;";
              case '>' -> "&gt;";
              case '&' -> "&amp;";
              default -> Character.toString(point);
            })
        .collect(Collectors.joining());
  }
}
