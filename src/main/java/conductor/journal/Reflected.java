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
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads records and failures as named fields, and makes them from named fields. Names are in snake
 * case.
 */
public final class Reflected {

  private Reflected() {}

  record Field(String name, @Nullable Object value) {}

  static List<Field> components(Record object) {
    var fields = new ArrayList<Field>();
    for (var component : object.getClass().getRecordComponents()) {
      fields.add(new Field(SnakeCase.of(component.getName()), component(object, component)));
    }
    return fields;
  }

  /** Returns the value of a record's component, also of a record that is not public. */
  public static @Nullable Object component(Record object, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
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
    Constructor<?> constructor = constructor(type);
    var arguments = new ArrayList<@Nullable Object>();
    for (var parameter : constructor.getParameters()) {
      arguments.add(field.apply(SnakeCase.of(parameter.getName())));
    }
    try {
      return constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "cannot make a " + type.getSimpleName() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "cannot make a " + type.getSimpleName() + " of " + arguments, e);
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
