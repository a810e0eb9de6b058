package conductor.cli;

import conductor.state.StateJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What commands print with {@code --json}: an object, or an array of objects, each of which says by
 * {@code v} of which version its shape is. An array stays one, so that programs that go through it
 * need not know more than its elements.
 */
final class Versioned {

  /** Rises when a key changes its meaning or goes, not when one is added. */
  static final int VERSION = 1;

  private Versioned() {}

  /** Returns the JSON tree of a value, with the version where it does not say one itself. */
  static Object of(Object printed) {
    Object tree = StateJson.tree(printed);
    if (tree instanceof Collection<?> elements) {
      var versioned = new ArrayList<@Nullable Object>(elements.size());
      elements.forEach(
          element -> versioned.add(element instanceof Map<?, ?> map ? of(map) : element));
      return versioned;
    }
    return tree instanceof Map<?, ?> map ? of(map) : tree;
  }

  private static Map<?, ?> of(Map<?, ?> object) {
    if (object.containsKey("v")) {
      return object;
    }
    var versioned = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    versioned.put("v", VERSION);
    versioned.putAll(object);
    return versioned;
  }
}
