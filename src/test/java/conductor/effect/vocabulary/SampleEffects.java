package conductor.effect.vocabulary;

import conductor.effect.CommandEffect;
import conductor.effect.Effect;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an effect of each kind, with values that say nothing. */
final class SampleEffects {

  private SampleEffects() {}

  /**
   * Values for the arguments of an effect, by the names that scripts use.
   *
   * @param all those that may be left out too
   */
  static Map<String, Object> arguments(Signature effect, boolean all) {
    var arguments = new LinkedHashMap<String, Object>();
    effect.parameters().stream()
        .filter(parameter -> all || parameter.required())
        .forEach(parameter -> arguments.put(parameter.name(), value(parameter)));
    return arguments;
  }

  /** The record itself, made by its constructor. */
  static Effect<?> of(Signature effect, boolean all) throws ReflectiveOperationException {
    @Nullable Object[] values =
        effect.parameters().stream()
            .map(parameter -> all || parameter.required() ? value(parameter) : null)
            .toArray();
    return made(effect.type(), values);
  }

  private static <T> T made(Class<T> type, @Nullable Object[] values)
      throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  /** An event's position is the only text that must have a form. */
  private static Object value(Parameter parameter) {
    return parameter.name().equals("after") ? "12.0.1" : value(parameter.type());
  }

  private static Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? List.of(value(generic.getActualTypeArguments()[0]))
          : Map.of("k", "v");
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return plain.getEnumConstants()[0];
    }
    if (plain == CommandEffect.Command.class) {
      return new CommandEffect.Command(List.of("ls", "-l"));
    }
    return plain.isRecord() ? record(plain) : simple(plain);
  }

  private static Object record(Class<?> type) {
    try {
      return made(
          type, Arrays.stream(type.getRecordComponents()).map(SampleEffects::value).toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Of a worktree that conductor made: a checkout is refused to some effects. */
  private static Object value(RecordComponent component) {
    return component.getName().equals("checkout") ? false : value(component.getGenericType());
  }

  private static Object simple(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String", "Object" -> "text";
      case "boolean", "Boolean" -> true;
      case "int", "Integer" -> 7;
      case "long", "Long" -> 7L;
      case "double", "Double" -> 0.5;
      case "Path" -> Path.of("/some");
      case "Instant" -> Instant.EPOCH;
      case "Duration" -> Duration.ofSeconds(7);
      default -> throw new AssertionError("no sample of " + type + ": add one here");
    };
  }
}
