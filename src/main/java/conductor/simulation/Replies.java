package conductor.simulation;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plain value of a reply's type: an empty list, some text, the first constant of an enum, a
 * record of such values. Components that may be null are null.
 */
record Replies(Instant now) {

  /** Returns a value of a type; null for a type of which no value is known. */
  @Nullable Object of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return of(generic.getRawType());
    }
    if (!(type instanceof Class<?> plain)) {
      return null;
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[0];
    }
    return plain.isRecord() ? record(plain) : simple(plain);
  }

  private @Nullable Object simple(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String", "CharSequence" -> "text";
      case "boolean", "Boolean" -> true;
      case "int", "Integer" -> 0;
      case "long", "Long" -> 0L;
      case "double", "Double", "Number" -> 0.0;
      case "List", "Collection" -> List.of();
      case "Map" -> Map.of();
      case "Path" -> Path.of("/planned");
      case "Instant" -> now;
      case "Duration" -> Duration.ZERO;
      case "UUID" -> new UUID(0, 0);
      default -> null;
    };
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Stream.of(components).map(this::part).toArray();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no typical " + type.getSimpleName() + ": " + e, e);
    }
  }

  private @Nullable Object part(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class) ? null : of(component.getGenericType());
  }
}
