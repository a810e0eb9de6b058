package conductor.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
   * @param chosen the entries of the list that are asked for, as {@code status}; empty for all
   */
  static Paging of(Request asked, String path, String chosen, int found) {
    int number = Math.clamp((found + SIZE - 1) / SIZE, 1, asked.number("page"));
    return new Paging(
        number,
        found,
        number > 1 ? address(path, chosen, number - 1) : "",
        number * SIZE < found ? address(path, chosen, number + 1) : "");
  }

  private static String address(String path, String chosen, int page) {
    String status =
        chosen.isEmpty() ? "" : "status=" + URLEncoder.encode(chosen, StandardCharsets.UTF_8) + "&";
    return path + "?" + status + "page=" + page;
  }

  /** Returns the entries of the page. */
  <T> List<T> of(List<T> all) {
    return all.stream().skip((long) (number - 1) * SIZE).limit(SIZE).toList();
  }
}
