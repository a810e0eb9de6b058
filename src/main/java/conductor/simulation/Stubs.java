package conductor.simulation;

import conductor.effect.Coercion;
import conductor.effect.Effect;
import conductor.effect.HandlerFailed;
import conductor.effect.vocabulary.Nearest;
import conductor.state.SnakeCase;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a user gives for a plan, by position ({@code 4.impl.1}), by an agent's name
 * ({@code RunAgent review-1}) or by effect ({@code Exec}). The items of a list answer one effect
 * after another, and its last item all later ones. Where the reply is a record, a map changes the
 * parts it names. {@code fail: text} is a failure. Safe for use by several threads.
 */
public final class Stubs {

  private final Map<String, Object> answers;
  private final Map<String, Integer> used = new HashMap<>();

  /** Stands for the answer null in a map of answers. */
  private enum Nothing {
    IS
  }

  /** Returns stubs with answers by key, as read from a file. */
  public Stubs(Map<String, ? extends @Nullable Object> answers) {
    this.answers = new HashMap<>();
    answers.forEach((key, answer) -> this.answers.put(key, answer == null ? Nothing.IS : answer));
  }

  /** Makes an answer, which may take long. */
  interface Answer {
    @Nullable Object make() throws InterruptedException;
  }

  public static Stubs none() {
    return new Stubs(Map.of());
  }

  /** Throws an {@link IllegalArgumentException} for a key that is no effect and no position. */
  public void check(Collection<String> effects) {
    for (String key : answers.keySet()) {
      String effect = key.split(" ", 2)[0];
      boolean position = Character.isDigit(key.charAt(0));
      if (!position && !effects.contains(effect)) {
        throw new IllegalArgumentException(
            "there is no effect '%s'%s; a key is an effect (Exec), an agent (RunAgent review-1) or a position (4.impl.1)"
                .formatted(effect, Nearest.hint(effect, new TreeSet<>(effects))));
      }
    }
  }

  /**
   * Returns the answer to an effect.
   *
   * @param name the name of the effect's agent; null for others
   * @param typical makes the answer when the user gave none, and the record whose parts a map
   *     changes
   * @throws HandlerFailed when the answer is a failure
   */
  @Nullable Object answer(Effect<?> effect, String position, @Nullable String name, Answer typical)
      throws InterruptedException {
    Optional<Object> given =
        given(position)
            .or(() -> name == null ? Optional.empty() : given(effect.kind() + " " + name))
            .or(() -> given(effect.kind()));
    if (given.isEmpty()) {
      return typical.make();
    }
    Object answer = given.get();
    if (answer instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("fail")) {
      throw new HandlerFailed(effect.kind(), String.valueOf(map.get("fail")));
    }
    if (answer == Nothing.IS) {
      return null;
    }
    return answer instanceof Map<?, ?> parts && typical.make() instanceof Record record
        ? changed(effect, record, parts)
        : answer;
  }

  private synchronized Optional<Object> given(String key) {
    Object answer = answers.get(key);
    if (answer instanceof List<?> several && !several.isEmpty()) {
      int n = used.merge(key, 1, Integer::sum);
      return Optional.ofNullable(several.get(Math.min(n, several.size()) - 1));
    }
    return Optional.ofNullable(answer);
  }

  private static Object changed(Effect<?> effect, Record typical, Map<?, ?> parts) {
    var values = new ArrayList<@Nullable Object>();
    var types = new ArrayList<Class<?>>();
    var names = new TreeSet<String>();
    for (RecordComponent component : typical.getClass().getRecordComponents()) {
      String name = SnakeCase.of(component.getName());
      names.add(name);
      types.add(component.getType());
      values.add(
          parts.containsKey(name) ? coerced(component, parts.get(name)) : read(component, typical));
    }
    for (Object part : parts.keySet()) {
      if (!names.contains(String.valueOf(part))) {
        throw new HandlerFailed(
            effect.kind(),
            "the stub has '%s'%s, the reply has %s"
                .formatted(part, Nearest.hint(String.valueOf(part), names), names));
      }
    }
    try {
      return typical
          .getClass()
          .getDeclaredConstructor(types.toArray(Class<?>[]::new))
          .newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new HandlerFailed(effect.kind(), "the stub does not fit its reply: " + e);
    }
  }

  private static @Nullable Object coerced(RecordComponent component, @Nullable Object value) {
    if (value == null || component.getType().isPrimitive()) {
      return value;
    }
    return Coercion.to(component.getGenericType(), value);
  }

  private static @Nullable Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
