package conductor.journal;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Own;
import conductor.state.SnakeCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads records and failures as named fields, and makes them from named fields. Names are in snake
 * case. What a class says of itself is looked up once: the JDK copies it at each question.
 */
public final class Reflected {

  private Reflected() {}

  record Field(String name, @Nullable Object value) {}

  private record Component(String name, Method accessor) {}

  /** What a record or failure is made with. */
  private record Maker(Constructor<?> constructor, List<String> names) {}

  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents())
              .map(component ->
                  new Component(SnakeCase.of(component.getName()), accessor(component)))
              .toList();
        }
      };

  private static final ClassValue<Maker> MAKERS =
      new ClassValue<>() {
        @Override
        protected Maker computeValue(Class<?> type) {
          Constructor<?> constructor = constructor(type);
          return new Maker(
              constructor,
              Stream.of(constructor.getParameters())
                  .map(parameter -> SnakeCase.of(parameter.getName()))
                  .toList());
        }
      };

  static List<Field> components(Record object) {
    List<Component> components = COMPONENTS.get(object.getClass());
    var fields = new ArrayList<Field>(components.size());
    for (Component component : components) {
      fields.add(new Field(component.name(), value(object, component.accessor())));
    }
    return fields;
  }

  /** Returns the value of a record's component, also of a record that is not public. */
  public static @Nullable Object component(Record object, RecordComponent component) {
    return value(object, accessor(component));
  }

  private static Method accessor(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return accessor;
  }

  private static @Nullable Object value(Record object, Method accessor) {
    try {
      return accessor.invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }

  static List<Field> arguments(Effect<?> effect) {
    if (effect instanceof Own own) {
      return own.arguments().entrySet().stream()
          .map(argument -> new Field(argument.getKey(), argument.getValue()))
          .toList();
    }
    return components((Record) effect);
  }

  static List<Field> fields(Failure failure) {
    var fields = new ArrayList<Field>();
    for (var parameter : constructor(failure.getClass()).getParameters()) {
      try {
        fields.add(
            new Field(
                SnakeCase.of(parameter.getName()),
                failure.getClass().getField(parameter.getName()).get(failure)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "cannot read " + parameter + " of " + failure.getClass(), e);
      }
    }
    return fields;
  }

  /** Calls the canonical constructor of a record, or the only public one of a failure. */
  static Object construct(Class<?> type, Function<String, @Nullable Object> field) {
    Maker maker = MAKERS.get(type);
    Object[] arguments = maker.names().stream().map(field).toArray();
    try {
      return maker.constructor().newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "cannot make a " + type.getSimpleName() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "cannot make a " + type.getSimpleName() + " of " + Arrays.toString(arguments), e);
    }
  }

  private static Constructor<?> constructor(Class<?> type) {
    for (Constructor<?> constructor : type.getConstructors()) {
      if (!type.isRecord()
          || constructor.getParameterCount() == type.getRecordComponents().length) {
        return constructor;
      }
    }
    throw new IllegalStateException(type + " has no public constructor");
  }
}
