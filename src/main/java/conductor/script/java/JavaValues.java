package conductor.script.java;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats values for a person as Java writes them: texts in quotes, in lists and maps too. */
final class JavaValues {

  private JavaValues() {}

  static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case CharSequence text -> "\"" + escaped(text.toString(), '"') + "\"";
      case Character one -> "'" + escaped(one.toString(), '\'') + "'";
      case Map<?, ?> map when isOfJdk(map) ->
          map.entrySet().stream()
              .map(entry -> shown(entry.getKey()) + "=" + shown(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Collection<?> all when isOfJdk(all) ->
          all.stream().map(JavaValues::shown).collect(Collectors.joining(", ", "[", "]"));
      case Object array when array.getClass().isArray() -> shown(items(array));
      default -> String.valueOf(value);
    };
  }

  /**
   * Returns whether a class is the JDK's. Other collections may have no end, or have a better
   * {@code toString}.
   */
  private static boolean isOfJdk(Object value) {
    return value.getClass().getName().startsWith("java.");
  }

  private static Collection<@Nullable Object> items(Object array) {
    var items = new ArrayList<@Nullable Object>();
    for (int at = 0; at < Array.getLength(array); at++) {
      items.add(Array.get(array, at));
    }
    return items;
  }

  private static String escaped(String text, char quote) {
    var escaped = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '\n' -> escaped.append("\\n");
        case '\t' -> escaped.append("\\t");
        case '\r' -> escaped.append("\\r");
        case '\\' -> escaped.append("\\\\");
        default -> escaped.append(c == quote ? "\\" : "").append(c);
      }
    }
    return escaped.toString();
  }
}
