package conductor.web;

import java.util.ArrayList;
import java.util.List;

/**
 * A page as it is at one moment.
 *
 * @param title what the browser's tab says
 * @param section the part of the site that it belongs to, such as {@code runs}
 * @param parts what it shows, in order
 * @param hasCode whether code is in it, which a script colours
 */
record Page(String title, String section, List<Part> parts, boolean hasCode) {

  /** A page without code. */
  Page(String title, String section, List<Part> parts) {
    this(title, section, parts, false);
  }

  Page withCode() {
    return new Page(title, section, parts, true);
  }

  /** Returns what changes an earlier form of the page into this one; empty when nothing did. */
  List<String> since(Page before) {
    var changes = new ArrayList<String>();
    List<String> ids = parts.stream().map(Part::id).toList();
    if (!ids.equals(before.parts.stream().map(Part::id).toList())) {
      return List.of(whole());
    }
    for (int n = 0; n < parts.size(); n++) {
      changes.addAll(parts.get(n).since(before.parts.get(n)));
    }
    return changes;
  }

  /** Returns the change that makes this of whatever a browser shows. */
  String whole() {
    var html = new StringBuilder("<main id=\"main\">");
    parts.forEach(part -> html.append(part.html()));
    return "<turbo-stream action=\"replace\" method=\"morph\" target=\"main\"><template>"
        + html
        + "</main></template></turbo-stream>";
  }

  /** Returns a number that two forms of a page share only when they are the same. */
  String version() {
    return Integer.toHexString(parts.hashCode());
  }
}
