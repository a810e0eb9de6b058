package conductor.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An argument that an edited script gives another value, with the part of both values in which they
 * differ, each on one line.
 */
public record ChangedArgument(String name, String recorded, String now) {

  private static final int BEFORE = 20;
  private static final int WIDTH = 80;

  /** Returns the arguments that differ, in their order; none when either has no names. */
  static List<ChangedArgument> of(@Nullable JsonNode recorded, @Nullable JsonNode now) {
    if (recorded == null || now == null || !recorded.isObject() || !now.isObject()) {
      return List.of();
    }
    var names = new LinkedHashSet<String>(recorded.propertyNames());
    names.addAll(now.propertyNames());
    var changed = new ArrayList<ChangedArgument>();
    for (String name : names) {
      String one = text(recorded.path(name));
      String other = text(now.path(name));
      if (!one.equals(other)) {
        int from = Math.max(0, firstDifference(one, other) - BEFORE);
        changed.add(new ChangedArgument(name, part(one, from), part(other, from)));
      }
    }
    return changed;
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode()) {
      return "(none)";
    }
    return (value.isString() ? value.stringValue() : value.toString()).replaceAll("\\s+", " ");
  }

  private static int firstDifference(String one, String other) {
    int at = 0;
    while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  private static String part(String text, int from) {
    int end = Math.min(text.length(), from + WIDTH);
    return (from > 0 ? "…" : "")
        + text.substring(Math.min(from, end), end)
        + (end < text.length() ? "…" : "");
  }
}
