package conductor.state;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Reads and writes the records, maps and lists that the state's files consist of as {@link
 * StateJson}'s object mapper does, but without one: making it takes a process longer than most
 * commands take in all. Whatever is not plain is left to the mapper: other types, and all that is
 * wrong, so that there is one place that says what is. For the same reason there is no {@code
 * switch} over types: the JVM makes a class for each at its first use.
 */
final class PlainJson {

  /** Says that a value is left to the object mapper. */
  static final class NotPlain extends Exception {
    private static final long serialVersionUID = 1;

    NotPlain() {
      super(null, null, false, false);
    }
  }

  private static final Set<Class<?>> NULLABLE =
      Set.of(
          Object.class,
          Map.class,
          String.class,
          Integer.class,
          Long.class,
          Double.class,
          Boolean.class,
          Path.class,
          Instant.class,
          Duration.class);

  private PlainJson() {}

  /** Returns a value as maps, lists, text, numbers, booleans and null. */
  static @Nullable Object tree(@Nullable Object value) throws NotPlain {
    if (value == null || isScalar(value)) {
      return value;
    } else if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    } else if (value instanceof Path || value instanceof Instant || value instanceof Duration) {
      return value.toString();
    } else if (value instanceof Map<?, ?> map) {
      return treeOf(map);
    } else if (value instanceof Collection<?> list) {
      var elements = new ArrayList<@Nullable Object>();
      for (Object element : list) {
        elements.add(tree(element));
      }
      return elements;
    } else if (value instanceof Record parts) {
      refuseGetters(parts.getClass());
      var map = new LinkedHashMap<String, @Nullable Object>();
      for (RecordComponent part : parts.getClass().getRecordComponents()) {
        map.put(SnakeCase.of(part.getName()), tree(value(part, parts)));
      }
      return map;
    }
    throw new NotPlain();
  }

  /** Leaves a record to the mapper that has more to show than its components. */
  private static void refuseGetters(Class<?> type) throws NotPlain {
    for (Method method : type.getMethods()) {
      if ((isGetter(method.getName(), "is") || isGetter(method.getName(), "get"))
          && method.getParameterCount() == 0
          && method.getDeclaringClass() != Object.class
          && !Modifier.isStatic(method.getModifiers())) {
        throw new NotPlain();
      }
    }
  }

  private static boolean isGetter(String name, String prefix) {
    return name.startsWith(prefix)
        && name.length() > prefix.length()
        && !Character.isLowerCase(name.charAt(prefix.length()));
  }

  private static boolean isScalar(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof BigInteger
        || value instanceof BigDecimal;
  }

  private static Map<String, @Nullable Object> treeOf(Map<?, ?> map) throws NotPlain {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new NotPlain();
      }
      tree.put(name, tree(entry.getValue()));
    }
    return tree;
  }

  /** Writes what {@link #tree} returned. */
  static void write(@Nullable Object tree, JsonGenerator out) {
    if (tree == null) {
      out.writeNull();
    } else if (tree instanceof String text) {
      out.writeString(text);
    } else if (tree instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (tree instanceof Integer number) {
      out.writeNumber(number.intValue());
    } else if (tree instanceof Long number) {
      out.writeNumber(number.longValue());
    } else if (tree instanceof Double number) {
      out.writeNumber(number.doubleValue());
    } else if (tree instanceof BigInteger number) {
      out.writeNumber(number);
    } else if (tree instanceof BigDecimal number) {
      out.writeNumber(number);
    } else if (tree instanceof Map<?, ?> map) {
      out.writeStartObject();
      map.forEach((name, value) -> {
        out.writeName((String) name);
        write(value, out);
      });
      out.writeEndObject();
    } else {
      out.writeStartArray();
      ((Collection<?>) tree).forEach(element -> write(element, out));
      out.writeEndArray();
    }
  }

  static @Nullable Object value(RecordComponent part, Object of) {
    try {
      var accessor = part.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the value of a type that a tree holds. */
  static <T> T read(JsonNode tree, Class<T> type) throws NotPlain {
    try {
      Object value = value(tree, type);
      if (value != null) {
        return type.cast(value);
      }
    } catch (JacksonException e) {
      // said by the object mapper
    }
    throw new NotPlain();
  }

  private static @Nullable Object value(@Nullable JsonNode tree, Type type) throws NotPlain {
    if (tree == null || tree.isNull()) {
      return nullOf(type);
    }
    if (type instanceof ParameterizedType generic) {
      return container(tree, generic);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new NotPlain();
    }
    if (plain == Object.class || plain == Map.class) {
      return untyped(tree);
    } else if (plain.isRecord()) {
      return readRecord(tree, plain);
    } else if (plain.isEnum()) {
      return constant(tree, plain);
    }
    return tree.isString() ? fromText(tree.stringValue(), plain) : simple(tree, plain);
  }

  /** Returns null for the types of which the mapper makes null. */
  private static @Nullable Object nullOf(Type type) throws NotPlain {
    boolean isNull =
        type instanceof ParameterizedType generic
            ? generic.getRawType() == List.class || generic.getRawType() == Map.class
            : type instanceof Class<?> plain
                && (plain.isRecord() || plain.isEnum() || NULLABLE.contains(plain));
    if (!isNull) {
      throw new NotPlain();
    }
    return null;
  }

  private static @Nullable Object readRecord(JsonNode tree, Class<?> type) throws NotPlain {
    if (!tree.isObject()) {
      throw new NotPlain();
    }
    RecordComponent[] parts = type.getRecordComponents();
    var types = new Class<?>[parts.length];
    var values = new @Nullable Object[parts.length];
    for (int n = 0; n < parts.length; n++) {
      types[n] = parts[n].getType();
      values[n] = value(tree.get(SnakeCase.of(parts[n].getName())), parts[n].getGenericType());
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new NotPlain();
    }
  }

  private static Object container(JsonNode tree, ParameterizedType type) throws NotPlain {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class && tree.isArray()) {
      var list = new ArrayList<@Nullable Object>();
      for (JsonNode element : tree) {
        list.add(value(element, arguments[0]));
      }
      return list;
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class && tree.isObject()) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      for (Map.Entry<String, JsonNode> entry : tree.properties()) {
        map.put(entry.getKey(), value(entry.getValue(), arguments[1]));
      }
      return map;
    }
    throw new NotPlain();
  }

  private static Object fromText(String text, Class<?> type) throws NotPlain {
    try {
      if (type == String.class) {
        return text;
      } else if (type == Path.class) {
        return Path.of(text);
      } else if (type == Instant.class) {
        return Instant.parse(text);
      } else if (type == Duration.class) {
        return Duration.parse(text);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // said by the object mapper
    }
    throw new NotPlain();
  }

  private static Object simple(JsonNode tree, Class<?> type) throws NotPlain {
    if ((type == int.class || type == Integer.class) && tree.isInt()) {
      return tree.intValue();
    } else if ((type == long.class || type == Long.class) && (tree.isInt() || tree.isLong())) {
      return tree.longValue();
    } else if ((type == double.class || type == Double.class) && tree.isNumber()) {
      return tree.doubleValue();
    } else if ((type == boolean.class || type == Boolean.class) && tree.isBoolean()) {
      return tree.booleanValue();
    }
    throw new NotPlain();
  }

  private static Object constant(JsonNode tree, Class<?> type) throws NotPlain {
    for (Object constant : type.getEnumConstants()) {
      if (tree.isString() && ((Enum<?>) constant).name().equalsIgnoreCase(tree.stringValue())) {
        return constant;
      }
    }
    throw new NotPlain();
  }

  static @Nullable Object untyped(JsonNode tree) throws NotPlain {
    return switch (tree.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
          map.put(entry.getKey(), untyped(entry.getValue()));
        }
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        for (JsonNode element : tree) {
          list.add(untyped(element));
        }
        yield list;
      }
      case STRING -> tree.stringValue();
      case BOOLEAN -> tree.booleanValue();
      case NULL -> null;
      case NUMBER ->
          tree.isFloatingPointNumber() ? (Object) tree.doubleValue() : tree.numberValue();
      case BINARY, MISSING, POJO -> throw new NotPlain();
    };
  }
}
