package conductor.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a browser asks for.
 *
 * @param path the parts of the path, decoded
 * @param fields of the query, or of a form
 */
record PageRequest(List<String> path, Map<String, String> fields) {

  PageRequest {
    path = List.copyOf(path);
    fields = Map.copyOf(fields);
  }

  /** Returns the same without the first part of the path. */
  PageRequest below() {
    return new PageRequest(path.subList(1, path.size()), fields);
  }

  /** Returns a field; empty when it was not given. */
  String field(String name) {
    return Objects.requireNonNullElse(fields.get(name), "").strip();
  }

  /** Returns a number of 1 or more; 1 for what is none. */
  int number(String name) {
    try {
      return Math.max(1, Integer.parseInt(field(name)));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Returns the parts of the path that are not empty. */
  static List<String> path(String text) {
    return Stream.of(text.split("/")).filter(part -> !part.isEmpty()).toList();
  }
}
