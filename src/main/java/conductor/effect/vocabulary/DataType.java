package conductor.effect.vocabulary;

import conductor.effect.Attempt;
import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Families;
import conductor.effect.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A type of the data that scripts get from effects: a reply, a part of one, or a failure.
 *
 * @param name the name by which scripts know it
 * @param fields the fields, in the order of their declaration
 */
public record DataType(String name, Class<?> type, List<DataField> fields) {

  public DataType {
    fields = List.copyOf(fields);
  }

  private static DataType of(Class<?> type) {
    List<DataField> fields =
        type.isRecord()
            ? Arrays.stream(type.getRecordComponents()).map(DataField::of).toList()
            : Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(DataField::of)
                .toList();
    return new DataType(type.getSimpleName(), type, fields);
  }

  /** Returns the type of a record or a failure that scripts get; empty for every other type. */
  public static Optional<DataType> find(Type type) {
    boolean known =
        type instanceof Class<?> plain
            && plain.getName().startsWith(Effect.class.getPackageName() + ".")
            && (isReply(plain) || isFailure(plain));
    return known ? Optional.of(of((Class<?>) type)) : Optional.empty();
  }

  private static boolean isReply(Class<?> type) {
    return type.isRecord() && !Effect.class.isAssignableFrom(type);
  }

  private static boolean isFailure(Class<?> type) {
    return Failure.class.isAssignableFrom(type) && Modifier.isFinal(type.getModifiers());
  }

  /** Returns the replies of a vocabulary's effects and of controls, with their parts, by name. */
  public static List<DataType> replies(Collection<Signature> effects) {
    var found = new TreeMap<String, DataType>();
    Stream.concat(
            effects.stream().map(Signature::replyType),
            Stream.of(Attempt.Ok.class, Attempt.Err.class, Task.class))
        .forEach(type -> collect(type, found));
    return List.copyOf(found.values());
  }

  private static void collect(Type type, Map<String, DataType> found) {
    if (type instanceof ParameterizedType several) {
      Arrays.stream(several.getActualTypeArguments()).forEach(part -> collect(part, found));
      return;
    }
    find(type)
        .filter(reply -> !reply.isFailure())
        .filter(reply -> found.put(reply.name(), reply) == null)
        .ifPresent(reply -> reply.fields().forEach(field -> collect(field.type(), found)));
  }

  /** Returns the failures that scripts can catch, by name. */
  public static List<DataType> failures() {
    return Families.failures().stream()
        .map(DataType::of)
        .sorted(Comparator.comparing(DataType::name))
        .toList();
  }

  public boolean isFailure() {
    return isFailure(type);
  }

  /** Returns the names of the fields; of a failure also the message, which every failure has. */
  public List<String> names() {
    return Stream.concat(
            fields.stream().map(DataField::name), isFailure() ? Stream.of("message") : Stream.of())
        .toList();
  }

  /** Returns whether a script may read a name of a value: a field, or what every object has. */
  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.isSpelt(name))
        || Arrays.stream(type.getFields()).anyMatch(field -> field.getName().equals(name))
        || Arrays.stream(type.getMethods()).anyMatch(method -> isGetter(method, name));
  }

  private static boolean isGetter(Method method, String name) {
    String ending = name.isEmpty() ? "" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return method.getParameterCount() == 0
        && (method.getName().equals("get" + ending) || method.getName().equals("is" + ending));
  }
}
