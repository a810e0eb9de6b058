package conductor.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An element of a page that is sent anew when it has changed. The rows of one change by themselves,
 * so that a list of thousands costs what is new in it.
 *
 * @param id the element's, which is nobody else's on the page
 * @param begin the element as text, or all of it before its rows
 * @param rows elements within it
 * @param end what follows the rows
 */
record Part(String id, String begin, List<Row> rows, String end) {

  /** An element with an id of its own. */
  record Row(String id, String html) {}

  static Part of(String id, String html) {
    return new Part(id, html, List.of(), "");
  }

  /** Returns rows below a heading; nothing is seen of it without rows. */
  static Part list(String id, String element, String heading, List<Row> rows) {
    if (rows.isEmpty()) {
      return of(id, "<section id=\"%s\" aria-label=\"%s\"></section>".formatted(id, heading));
    }
    String begin =
        "<section id=\"%1$s\" aria-labelledby=\"h-%1$s\"><h2 id=\"h-%1$s\">%2$s</h2><%3$s class=\"%1$s\">"
            .formatted(id, heading, element);
    return new Part(id, begin, rows, "</%s></section>".formatted(element));
  }

  /**
   * Returns the id of an element for what may have any characters in its name, such as a position.
   */
  static String id(String kind, String name) {
    var id = new StringBuilder(kind).append('-');
    name.codePoints()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c) || c == '.' || c == '-') {
            id.appendCodePoint(c);
          } else {
            id.append('_').append(Integer.toHexString(c)).append('_');
          }
        });
    return id.toString();
  }

  /** Returns the whole element. */
  String html() {
    if (rows.isEmpty()) {
      return begin + end;
    }
    var html = new StringBuilder(begin);
    rows.forEach(row -> html.append(row.html()));
    return html.append(end).toString();
  }

  /**
   * Returns the changes, as elements of Turbo Streams, that make this of what a page has; none when
   * it has this already.
   */
  List<String> since(Part before) {
    if (equals(before)) {
      return List.of();
    }
    if (!begin.equals(before.begin)
        || !end.equals(before.end)
        || before.rows.isEmpty()
        || !isLonger(before)) {
      return List.of(stream("replace", id, html()));
    }
    Map<String, String> had = new HashMap<>();
    before.rows.forEach(row -> had.put(row.id(), row.html()));
    var changes = new ArrayList<String>();
    String after = "";
    for (Row row : rows) {
      String old = had.get(row.id());
      if (old == null) {
        changes.add(
            after.isEmpty()
                ? stream("before", before.rows.getFirst().id(), row.html())
                : stream("after", after, row.html()));
      } else if (!old.equals(row.html())) {
        changes.add(stream("replace", row.id(), row.html()));
      }
      after = row.id();
    }
    return changes;
  }

  /** Returns whether all rows of before are here, in the same order. */
  private boolean isLonger(Part before) {
    int found = 0;
    for (Row row : rows) {
      if (found < before.rows.size() && before.rows.get(found).id().equals(row.id())) {
        found++;
      }
    }
    return found == before.rows.size();
  }

  private static String stream(String action, String target, String html) {
    String method = action.equals("replace") ? " method=\"morph\"" : "";
    return "<turbo-stream action=\"%s\"%s target=\"%s\"><template>%s</template></turbo-stream>"
        .formatted(action, method, target, html);
  }
}
