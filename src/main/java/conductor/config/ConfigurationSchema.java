package conductor.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the JSON schema of a configuration file from the keys that are checked when one is read.
 */
public final class ConfigurationSchema {

  private static final Map<String, Object> TEXT = Map.of("type", "string");

  /** A parameter may be a list, a role a map. */
  private static final Map<String, Object> ANY =
      Map.of("type", List.of("string", "number", "boolean", "array", "object"));

  private ConfigurationSchema() {}

  public static Map<String, Object> schema() {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "conductor's config.yaml");
    schema.putAll(below(""));
    return schema;
  }

  private static Map<String, Object> below(String prefix) {
    var properties = new LinkedHashMap<String, Object>();
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    for (String name : names(prefix)) {
      String key = prefix + name;
      Map<String, Object> value =
          Shape.keys().contains(key) ? value(Shape.of(key).orElseThrow()) : below(key + ".");
      if (name.equals("*")) {
        schema.put("additionalProperties", value);
      } else {
        properties.put(name, value);
      }
    }
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    schema.putIfAbsent("additionalProperties", false);
    return schema;
  }

  private static Set<String> names(String prefix) {
    return Shape.keys().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).split("\\.", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Object> value(Shape shape) {
    return switch (shape) {
      case TEXT -> Map.of("type", List.of("string", "number", "boolean"));
      case NUMBER -> Map.of("type", "number");
      case BOOLEAN -> Map.of("type", "boolean");
      case LIST -> list();
      case COMMAND -> Map.of("anyOf", List.of(TEXT, list()));
      case TEXTS, TREE -> several("object", "additionalProperties", ANY);
      case NUMBERS -> several("object", "additionalProperties", Map.of("type", "number"));
    };
  }

  private static Map<String, Object> list() {
    return several("array", "items", TEXT);
  }

  /** Returns the schema of a type that holds values of one kind; its keys have this order. */
  private static Map<String, Object> several(String type, String holding, Object value) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", type);
    schema.put(holding, value);
    return schema;
  }
}
