package conductor.web;

import conductor.handlers.people.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Lays out what pages with a long table have in common. */
final class Lists {

  /**
   * Entries that can be asked for.
   *
   * @param status the word in the address; empty for all
   */
  record Choice(String href, String status, boolean current) {

    String text() {
      return switch (status) {
        case "" -> "all";
        case "forge" -> "at a forge";
        default -> status;
      };
    }
  }

  private Lists() {}

  /**
   * Returns the word that is asked for, or the first of those that there are.
   *
   * @param words the first is what is shown when nothing is asked for; empty means all
   */
  static String chosen(PageRequest asked, List<String> words) {
    String word = asked.field("status");
    String name = word.equals("all") ? "" : word;
    return asked.fields().containsKey("status") && words.contains(name) ? name : words.getFirst();
  }

  /** Returns what stands above a table: how many entries it has, and what else can be asked for. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static Part head(String title, String path, String chosen, List<String> words, int found) {
    List<Choice> choices =
        words.stream()
            .map(word ->
                new Choice(
                    path + "?status=" + (word.isEmpty() ? "all" : word), word, word.equals(chosen)))
            .toList();
    return Part.of(
        "head", Layout.html(out -> JtelistHeadGenerated.render(out, null, title, choices, found)));
  }

  /** Returns the ways to the neighbours of a page. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static Part pager(Paging paging) {
    return Part.of(
        "pager",
        Layout.html(
            out -> JtelistPagerGenerated.render(out, null, paging.before(), paging.after())));
  }

  /** Returns the name of a repository by its directory. */
  static String repository(Path directory) {
    return Shown.oneLine(Objects.toString(directory.getFileName(), "/"));
  }

  /** Returns what cannot be read, as text of the world. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static Part unreadable(Stream<String> lines) {
    List<String> shown = lines.map(Shown::oneLine).toList();
    return Part.of(
        "unreadable", Layout.html(out -> JteunreadableGenerated.render(out, null, shown)));
  }

  /**
   * Returns a table whose rows change by themselves.
   *
   * @param heads the element with a table that has no rows
   */
  static Part table(String id, String heads, List<Part.Row> rows) {
    int end = heads.indexOf("</tbody>");
    return new Part(id, heads.substring(0, end), rows, heads.substring(end));
  }
}
