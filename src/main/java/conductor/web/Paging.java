package conductor.web;

import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The part of a long list that a page shows.
 *
 * @param number the page, counted from 1
 * @param found how long the list is
 * @param before the address of the page before; empty on the first
 * @param after the address of the next page; empty on the last
 */
record Paging(int number, int found, String before, String after) {

  /** How many entries a page shows. */
  static final int SIZE = 50;

  /**
   * Returns the part that is asked for, or the last that there is.
   *
   * @param chosen the fields by which the entries of the list are asked for; what is empty is left
   *     out
   */
  static Paging of(PageRequest asked, String path, Map<String, String> chosen, int found) {
    int number = Math.clamp((found + SIZE - 1) / SIZE, 1, asked.number("page"));
    return new Paging(
        number,
        found,
        number > 1 ? address(path, chosen, number - 1) : "",
        number * SIZE < found ? address(path, chosen, number + 1) : "");
  }

  private static String address(String path, Map<String, String> chosen, int page) {
    Stream<String> fields =
        chosen.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8));
    return path + "?" + Stream.concat(fields, Stream.of("page=" + page)).collect(joining("&"));
  }

  /** Returns the entries of the page. */
  <T> List<T> of(List<T> all) {
    return all.stream().skip((long) (number - 1) * SIZE).limit(SIZE).toList();
  }
}
