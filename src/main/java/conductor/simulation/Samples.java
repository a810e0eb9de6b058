package conductor.simulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value that fits a JSON schema, as far as the schema says what is wanted. Does not check
 * the value against the schema.
 */
final class Samples {

  private static final int DEEPEST = 20;

  private Samples() {}

  /** Returns a value that fits a schema; null for what is no schema or says no type. */
  static @Nullable Object of(@Nullable Object schema) {
    return of(schema, 0);
  }

  private static @Nullable Object of(@Nullable Object schema, int depth) {
    if (!(schema instanceof Map<?, ?> map) || depth > DEEPEST) {
      return null;
    }
    if (map.containsKey("const")) {
      return map.get("const");
    }
    if (map.get("enum") instanceof List<?> values && !values.isEmpty()) {
      return values.getFirst();
    }
    for (String choice : List.of("anyOf", "oneOf", "allOf")) {
      if (map.get(choice) instanceof List<?> choices && !choices.isEmpty()) {
        return of(choices.getFirst(), depth + 1);
      }
    }
    return ofType(map, depth);
  }

  private static @Nullable Object ofType(Map<?, ?> schema, int depth) {
    Object type =
        schema.get("type") instanceof List<?> types && !types.isEmpty()
            ? types.getFirst()
            : schema.get("type");
    boolean object = type == null && schema.containsKey("properties");
    return switch (object ? "object" : String.valueOf(type)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "boolean" -> true;
      case "integer", "number" -> number(schema);
      case "string" -> "text";
      default -> null;
    };
  }

  private static Object number(Map<?, ?> schema) {
    return schema.get("minimum") instanceof Number least ? least : 1;
  }

  private static Object array(Map<?, ?> schema, int depth) {
    int least = schema.get("minItems") instanceof Number number ? number.intValue() : 0;
    Object item = of(schema.get("items"), depth + 1);
    return Collections.nCopies(Math.min(least, DEEPEST), item);
  }

  private static Object object(Map<?, ?> schema, int depth) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, property) -> object.put(String.valueOf(name), of(property, depth + 1)));
    }
    return object;
  }
}
