package conductor.cli.view;

import conductor.handlers.people.Shown;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;

/**
 * The size of a terminal in characters.
 *
 * @param columns at least 20
 * @param rows at least 4
 */
public record Screen(int columns, int rows) {

  /** The size that is assumed when nothing tells it. */
  static final Screen USUAL = new Screen(80, 24);

  /** Characters below are one column wide each. */
  private static final int COMBINING = 0x300;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");

  public Screen {
    columns = Math.max(20, columns);
    rows = Math.max(4, rows);
  }

  /**
   * Returns the size of the terminal, else that of the variables COLUMNS and LINES, else {@link
   * #USUAL}.
   */
  public static Screen of(Map<String, String> environment) throws InterruptedException {
    try {
      var stty = List.of("stty", "-F", "/dev/tty", "size");
      String said =
          new Command(stty, Path.of("/"), environment, "", Duration.ofSeconds(2)).run().out();
      Matcher size = SIZE.matcher(said.strip());
      if (size.matches() && !size.group(2).equals("0")) {
        return new Screen(number(size.group(2), 0), number(size.group(1), 0));
      }
    } catch (CannotRun e) {
      // without stty the variables are used
    }
    return new Screen(
        number(environment.get("COLUMNS"), USUAL.columns),
        number(environment.get("LINES"), USUAL.rows));
  }

  private static int number(@org.jspecify.annotations.Nullable String text, int usual) {
    return text != null && text.matches("\\d{1,4}") ? Integer.parseInt(text) : usual;
  }

  /** Returns how many columns a text without control characters takes. */
  static int columns(String text) {
    return text.chars().allMatch(c -> c < COMBINING)
        ? text.length()
        : new AttributedString(text).columnLength();
  }

  /** Returns a line without control characters, cut to the terminal's width. */
  public String cut(String foreign) {
    String shown = Shown.of(foreign).replace('\n', ' ').replace('\t', ' ');
    var line = new AttributedString(shown);
    return line.columnLength() <= columns ? shown : line.columnSubSequence(0, columns - 1) + "…";
  }
}
