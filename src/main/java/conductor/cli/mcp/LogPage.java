package conductor.cli.mcp;

import conductor.cli.UsageError;
import conductor.state.StateJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of the lines of a log that a client can take in at once: it says what is left out and how
 * to read on.
 *
 * @param given the arguments of the call
 * @param lines the most lines of it
 * @param skip how many of the last lines are left out
 */
record LogPage(Map<String, Object> given, int lines, int skip) {

  private static final int USUAL = 100;
  private static final int MOST = 1000;

  /** The most characters of a page, and of one of its lines. */
  private static final int LONGEST = 100_000;

  private static final int LONGEST_LINE = 4_000;

  static final String LINES_ABOUT =
      "the last lines only; %d when left out, %d at most".formatted(USUAL, MOST);

  /**
   * Returns the page that a call asks for.
   *
   * @throws UsageError when it has a negative number
   */
  static LogPage of(Map<String, Object> given) {
    int lines = Math.min(MOST, number(given, "lines", USUAL));
    return new LogPage(given, lines, number(given, "skip", 0));
  }

  private static int number(Map<String, Object> given, String name, int usual) {
    int number = given.get(name) instanceof Number value ? value.intValue() : usual;
    if (number < 0) {
      throw new UsageError("%s must be 0 or more, found %d".formatted(name, number));
    }
    return number;
  }

  /** Returns the arguments with one line more than the page has, which tells whether it is all. */
  Map<String, Object> asked() {
    var asked = new HashMap<>(given);
    asked.put("lines", lines + 1);
    return asked;
  }

  /** Returns the page of what the command printed, and what is to be said of it. */
  List<String> of(String document) {
    List<?> all = StateJson.value(document).map(List.class::cast).orElse(List.of());
    var page = new ArrayList<String>();
    long size = 0;
    int shortened = 0;
    for (Object line : all.reversed()) {
      Object shown = line instanceof Map<?, ?> known ? shortened(known) : line;
      String json = StateJson.line(shown);
      size += json.length();
      if (page.size() == lines || (size > LONGEST && !page.isEmpty())) {
        break;
      }
      shortened += shown.equals(line) ? 0 : 1;
      page.addFirst(json);
    }
    var said = new ArrayList<String>();
    said.add("[" + String.join(",", page) + "]");
    if (page.size() < all.size()) {
      said.add(
          "lines before these are left out; 'skip': %d reads on".formatted(skip + page.size()));
    }
    if (shortened > 0) {
      said.add(
          "%d of the lines %s longer than %d characters and cut; 'conductor logs' prints all of them"
              .formatted(shortened, shortened == 1 ? "is" : "are", LONGEST_LINE));
    }
    return said;
  }

  /** Returns a line with no more than the beginning of a long text. */
  private static Map<?, ?> shortened(Map<?, ?> line) {
    if (!(line.get("line") instanceof String text) || text.length() <= LONGEST_LINE) {
      return line;
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE;
    var shown = new LinkedHashMap<Object, Object>(line);
    shown.put("line", text.substring(0, end) + "... (%d characters)".formatted(text.length()));
    return shown;
  }
}
