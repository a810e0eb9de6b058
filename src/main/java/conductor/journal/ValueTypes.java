package conductor.journal;

import conductor.effect.Attempt;
import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Families;
import conductor.effect.Secret;
import conductor.effect.Task;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records, enums and failures that a journal can hold, by their names there: the effects of the
 * families, and the types of their arguments and replies.
 */
final class ValueTypes {

  /**
   * Types that a journal holds although no effect of a family declares them as an argument or a
   * reply.
   */
  private static final List<Class<?>> BESIDES =
      List.of(Secret.class, Task.class, Attempt.Ok.class, Attempt.Err.class);

  private final Map<String, Class<?>> values = new HashMap<>();
  private final Map<String, Class<?>> failures = new HashMap<>();

  ValueTypes() {
    BESIDES.forEach(this::hold);
    for (Class<?> effect : Families.effects()) {
      hold(effect);
      Stream.of(effect.getGenericInterfaces()).forEach(this::hold);
    }
    concrete(Failure.class).forEach(type -> failures.put(type.getSimpleName(), type));
  }

  /**
   * Adds a type and the types it is made of. Leaves out those of other packages: the codec knows
   * which of them it can write.
   */
  private void hold(Type type) {
    if (type instanceof ParameterizedType generic) {
      hold(generic.getRawType());
      Stream.of(generic.getActualTypeArguments()).forEach(this::hold);
    }
    if (type instanceof Class<?> plain
        && plain.getPackage() == Effect.class.getPackage()
        && (plain.isRecord() || plain.isEnum())
        && values.put(nameOf(plain), plain) == null
        && plain.isRecord()) {
      Stream.of(plain.getRecordComponents())
          .map(RecordComponent::getGenericType)
          .forEach(this::hold);
    }
  }

  boolean holds(Class<?> type) {
    return values.get(nameOf(type)) == type;
  }

  Optional<Class<?>> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns the effect of a name; empty for other values. */
  Optional<Class<?>> effect(String name) {
    return values.values().stream()
        .filter(type -> Effect.class.isAssignableFrom(type) && type.getSimpleName().equals(name))
        .findFirst();
  }

  Optional<Class<?>> failure(String name) {
    return Optional.ofNullable(failures.get(name));
  }

  /** Returns the name within its package: {@code Issue.Status}. */
  static String nameOf(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(ValueTypes::concrete)
        : Stream.of(type);
  }
}
