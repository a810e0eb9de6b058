package conductor.cli;

import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JSON schema of what a command prints of the records that it prints. What a key means is
 * what the record's javadoc says of its component.
 *
 * @see JsonShapesTest
 */
final class JsonShapes {

  private static final Map<Class<?>, String> TYPES =
      Map.of(
          boolean.class, "boolean",
          Boolean.class, "boolean",
          int.class, "integer",
          Integer.class, "integer",
          long.class, "integer",
          Long.class, "integer",
          double.class, "number",
          Double.class, "number");

  /** What a component holds that its type does not say. */
  private static final Map<String, String> MEANT =
      Map.of(
          "conductor.cli.command.ShowCommand$More.agents", "conductor.handlers.agent.AgentRecord");

  private static final String AGENT_STATUS = "conductor.handlers.agent.AgentRecord.status";

  private final Map<String, Object> definitions = new TreeMap<>();

  /**
   * Returns the schema of a document.
   *
   * @param shapes the records of which it, or an element of it, is one; several that are joined by
   *     {@code +} are one object
   */
  static Map<String, Object> schema(String title, String about, boolean array, String... shapes) {
    var made = new JsonShapes();
    var kinds = new ArrayList<Object>();
    for (String shape : shapes) {
      kinds.add(made.object(List.of(shape.split("\\+")), true));
    }
    Object one = kinds.size() == 1 ? kinds.getFirst() : Map.of("anyOf", kinds);
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.put("description", about);
    if (array) {
      schema.put("type", "array");
      schema.put("items", one);
    } else {
      schema.putAll(asMap(one));
    }
    if (!made.definitions.isEmpty()) {
      schema.put("$defs", made.definitions);
    }
    return schema;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object schema) {
    return (Map<String, Object>) schema;
  }

  private Map<String, Object> object(List<String> records, boolean versioned) {
    var properties = new LinkedHashMap<String, Object>();
    if (versioned) {
      properties.put("v", described(Map.of("const", Versioned.VERSION), "the shape's version"));
    }
    for (String name : records) {
      Class<?> type = type(name);
      Map<String, String> said = said(type);
      for (RecordComponent part : type.getRecordComponents()) {
        String key = key(part.getName());
        if (!key.equals("v") || !versioned) {
          properties.put(key, described(value(part), said.get(part.getName())));
        }
      }
    }
    var object = new LinkedHashMap<String, Object>();
    object.put("type", "object");
    object.put("properties", properties);
    object.put("required", List.copyOf(properties.keySet()));
    return object;
  }

  /** Returns a map of two keys in this order. */
  private static Map<String, Object> keys(
      String first, Object value, String second, Object secondValue) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put(first, value);
    keys.put(second, secondValue);
    return keys;
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }

  private static String key(String component) {
    return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Object described(Map<String, Object> schema, @Nullable String text) {
    if (text == null) {
      return schema;
    }
    var described = new LinkedHashMap<String, Object>();
    described.put("description", text);
    described.putAll(schema);
    return described;
  }

  private Map<String, Object> value(RecordComponent part) {
    String name = part.getDeclaringRecord().getName() + "." + part.getName();
    if (MEANT.containsKey(name)) {
      return keys("type", "array", "items", reference(type(MEANT.get(name))));
    }
    Map<String, Object> value = value(part.getAnnotatedType());
    if (name.equals(AGENT_STATUS)) {
      var all = new ArrayList<Object>((Collection<?>) value.get("enum"));
      all.add("interrupted");
      return Map.of("enum", all);
    }
    return value;
  }

  private Map<String, Object> value(AnnotatedType annotated) {
    Map<String, Object> value = plain(annotated);
    if (!annotated.isAnnotationPresent(Nullable.class) || value.isEmpty()) {
      return value;
    }
    if (value.get("type") instanceof String type) {
      var nullable = new LinkedHashMap<>(value);
      nullable.put("type", List.of(type, "null"));
      return nullable;
    }
    return Map.of("anyOf", List.of(value, Map.of("type", "null")));
  }

  private Map<String, Object> plain(AnnotatedType annotated) {
    if (annotated instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      Map<String, Object> element = value(arguments[arguments.length - 1]);
      return arguments.length == 1
          ? keys("type", "array", "items", element)
          : keys("type", "object", "additionalProperties", element);
    }
    var type = (Class<?>) annotated.getType();
    if (TYPES.containsKey(type)) {
      return Map.of("type", TYPES.get(type));
    } else if (type == Instant.class) {
      return keys("type", "string", "format", "date-time");
    } else if (type == String.class || type == Path.class || type == Duration.class) {
      return Map.of("type", "string");
    } else if (type.isEnum()) {
      return Map.of("enum", StateJson.tree(List.of(type.getEnumConstants())));
    } else if (type == Object.class) {
      return Map.of();
    }
    return reference(type);
  }

  private Map<String, Object> reference(Class<?> type) {
    String name = type.getName().replaceAll(".*\\.", "").replace("$", "");
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      definitions.put(name, object(List.of(type.getName()), false));
    }
    return Map.of("$ref", "#/$defs/" + name);
  }

  /** Returns what the javadoc of a record says of its components. */
  private static Map<String, String> said(Class<?> type) {
    String outermost = type.getName().replaceAll("\\$.*", "").replace('.', '/');
    String source;
    try {
      source = Files.readString(Project.home().resolve("src/main/java/" + outermost + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher javadoc =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:(?:public|private) )?record "
                    + type.getSimpleName()
                    + "\\(")
            .matcher(source);
    var said = new TreeMap<String, String>();
    if (javadoc.find()) {
      String text = javadoc.group(1).replaceAll("\\n\\s*\\* ?", "\n");
      Pattern.compile("(?s)@param (\\w+) (.*?)(?=\\n@|\\z)")
          .matcher(text)
          .results()
          .forEach(param -> said.put(param.group(1), plain(param.group(2))));
    }
    return said;
  }

  private static String plain(String javadoc) {
    return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "$1").replaceAll("\\s+", " ").strip();
  }
}
