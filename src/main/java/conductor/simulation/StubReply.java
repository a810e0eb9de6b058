package conductor.simulation;

import conductor.effect.Coercion;
import conductor.effect.CommandEffect;
import conductor.effect.Effect;
import conductor.effect.ExecResult;
import conductor.effect.Failure;
import conductor.effect.HandlerFailed;
import conductor.effect.vocabulary.DataField;
import conductor.effect.vocabulary.DataType;
import conductor.effect.vocabulary.Nearest;
import conductor.state.SnakeCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes replies and failures of the plain values that a file of stubs holds, or that rules say.
 *
 * @param typical makes the parts that a stub does not give
 */
record StubReply(Replies typical) {

  /** One word that begins as the name of a type does. */
  private static final Pattern FAILURE = Pattern.compile("[A-Z][A-Za-z]*[a-z][A-Z][A-Za-z]*");

  /** Makes a typical reply, which may take long. */
  interface Typical {
    @Nullable Object make() throws InterruptedException;
  }

  /** Says that a stub does not fit; the message says why. */
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
      super(message);
    }
  }

  /**
   * Returns the reply to an effect: a map changes parts of the typical one where that is a record.
   *
   * @throws Unfit when no run could get it
   */
  @Nullable Object fitted(Effect<?> effect, Type type, Typical typical, @Nullable Object answer)
      throws InterruptedException {
    boolean changes =
        answer instanceof Map<?, ?> && type instanceof Class<?> plain && plain.isRecord();
    Object reply = of(type, changes ? typical.make() : null, answer);
    return effect instanceof CommandEffect.Exec
            && reply instanceof ExecResult result
            && answer instanceof Map<?, ?> parts
        ? consistent(result, parts)
        : reply;
  }

  /** Returns a result whose exit code and {@code passed} agree where only one of them is given. */
  private static ExecResult consistent(ExecResult result, Map<?, ?> parts) {
    boolean codeAlone = parts.containsKey("exit_code") && !parts.containsKey("passed");
    boolean passed = codeAlone ? result.exitCode() == 0 : result.passed();
    boolean passedAlone = parts.containsKey("passed") && !parts.containsKey("exit_code");
    int wanted = passed ? 0 : 1;
    int code = passedAlone ? wanted : result.exitCode();
    if (passed != (code == 0)) {
      throw new Unfit(
          "'passed' is %s, but 'exit_code' is %d; give one of them".formatted(passed, code));
    }
    return new ExecResult(code, result.output(), result.logPath(), passed);
  }

  /**
   * Returns the failure that a text tells: that of a name, else one that says the text.
   *
   * @param fields the values of the fields of a failure by name
   * @throws Unfit when it is the name of none, or a field does not fit
   */
  Failure failed(Effect<?> effect, String text, Map<?, ?> fields) {
    return FAILURE.matcher(text).matches()
        ? failure(text, fields)
        : new HandlerFailed(effect.kind(), text);
  }

  /**
   * Returns a value of a type.
   *
   * @param before the record whose parts a map changes; null for a typical one
   * @throws Unfit when the value does not fit the type
   */
  @Nullable Object of(Type type, @Nullable Object before, @Nullable Object given) {
    if (given == null || type == Void.class) {
      return given == null && type instanceof Class<?> plain && plain.isPrimitive()
          ? refuse(type, "null")
          : null;
    }
    if (type instanceof ParameterizedType several && several.getRawType() == List.class) {
      Collection<?> items = given instanceof Collection<?> many ? many : List.of(given);
      Type item = several.getActualTypeArguments()[0];
      var list = new ArrayList<@Nullable Object>();
      items.forEach(one -> list.add(of(item, null, one)));
      return list;
    }
    if (type instanceof Class<?> record && record.isRecord() && given instanceof Map<?, ?> parts) {
      return changed(record, before == null ? typical.of(record) : before, parts);
    }
    return plain(type, given);
  }

  private static Object plain(Type type, Object given) {
    Type boxed =
        type instanceof Class<?> plain
            ? java.lang.invoke.MethodType.methodType(plain).wrap().returnType()
            : type;
    if (boxed == Object.class
        || !(boxed instanceof Class<?> || boxed instanceof ParameterizedType)) {
      return given;
    }
    try {
      return boxed == Instant.class && given instanceof String text
          ? Instant.parse(text)
          : boxed == Double.class && given instanceof Number number
              ? (Object) number.doubleValue()
              : Coercion.to(boxed, given);
    } catch (IllegalArgumentException | DateTimeException e) {
      return refuse(type, given);
    }
  }

  private static Object refuse(Type type, Object given) {
    throw new Unfit(
        "expected %s, found %s (%s)"
            .formatted(Coercion.describe(type), given, given.getClass().getSimpleName()));
  }

  private Object changed(Class<?> type, @Nullable Object before, Map<?, ?> parts) {
    var fields = new LinkedHashMap<String, Type>();
    var values = new ArrayList<@Nullable Object>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = SnakeCase.of(component.getName());
      fields.put(name, component.getGenericType());
      Object old = read(component, Objects.requireNonNull(before));
      values.add(parts.containsKey(name) ? part(name, component, old, parts.get(name)) : old);
    }
    known(type, parts, fields.keySet());
    return made(constructor(type), values);
  }

  private @Nullable Object part(
      String name, RecordComponent component, @Nullable Object old, @Nullable Object given) {
    try {
      return of(component.getGenericType(), old, given);
    } catch (Unfit e) {
      throw new Unfit("'%s': %s".formatted(name, e.getMessage()));
    }
  }

  private static void known(Class<?> type, Map<?, ?> parts, Collection<String> names) {
    for (Object part : parts.keySet()) {
      if (!names.contains(String.valueOf(part))) {
        throw new Unfit(
            "%s has no '%s'%s, it has %s"
                .formatted(
                    type.getSimpleName(),
                    part,
                    Nearest.hint(String.valueOf(part), new TreeSet<>(names)),
                    String.join(", ", names)));
      }
    }
  }

  /**
   * Returns the failure that a stub names.
   *
   * @param parts the values of its fields; those that are missing are typical
   * @throws Unfit when there is no such failure, or a field does not fit
   */
  Failure failure(String name, Map<?, ?> parts) {
    List<DataType> all = DataType.failures();
    List<String> names = all.stream().map(DataType::name).toList();
    DataType type =
        all.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new Unfit("there is no failure '%s'%s".formatted(name, Nearest.hint(name, names))));
    known(type.type(), parts, type.fields().stream().map(DataField::name).toList());
    Constructor<?> maker = type.type().getConstructors()[0];
    var values = new ArrayList<@Nullable Object>();
    Stream.of(maker.getParameters())
        .forEach(parameter -> {
          String field = SnakeCase.of(parameter.getName());
          Type wanted = parameter.getParameterizedType();
          values.add(
              parts.containsKey(field) ? of(wanted, null, parts.get(field)) : typical.of(wanted));
        });
    return (Failure) made(maker, values);
  }

  private static Constructor<?> constructor(Class<?> record) {
    Class<?>[] types =
        Stream.of(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return record.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object made(Constructor<?> maker, List<@Nullable Object> values) {
    try {
      return maker.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new Unfit("it does not fit: " + (e.getCause() == null ? e : e.getCause()));
    }
  }

  private static @Nullable Object read(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
