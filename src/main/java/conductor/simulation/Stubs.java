package conductor.simulation;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.HandlerFailed;
import conductor.effect.vocabulary.Nearest;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a user gives for a plan, by position ({@code 4.impl.1}), by an agent's name
 * ({@code RunAgent review-1}) or by effect ({@code Exec}). The items of a list answer one effect
 * after another, and its last item all later ones. Where the reply is a record, a map changes the
 * parts it names. {@code fail: MergeConflict} and {@code fail: {type: MergeConflict, files: [...]}}
 * are failures, and so is {@code fail: text}. Safe for use by several threads.
 */
public final class Stubs {

  private final Map<String, Object> answers;
  private final Map<String, Integer> used = new HashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final StubReply replies = new StubReply(new Replies(Instant.EPOCH));

  /** Stands for the answer null in a map of answers. */
  private enum Nothing {
    IS
  }

  /** Returns stubs with answers by key, as read from a file. */
  public Stubs(Map<String, ? extends @Nullable Object> answers) {
    this.answers = new HashMap<>();
    answers.forEach((key, answer) -> this.answers.put(key, answer == null ? Nothing.IS : answer));
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

  /** Returns what is wrong with answers that were asked for so far, a line each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Returns the answer to an effect.
   *
   * @param name the name of the effect's agent; null for others
   * @param type the type of the reply
   * @param typical makes the answer when the user gave none, and the record whose parts a map
   *     changes
   * @throws Failure when the answer is one, or does not fit, which {@link #problems} then tells
   */
  @Nullable Object answer(
      Effect<?> effect,
      String position,
      @Nullable String name,
      Type type,
      StubReply.Typical typical)
      throws InterruptedException {
    Optional<Object> given =
        given(position)
            .or(() -> name == null ? Optional.empty() : given(effect.kind() + " " + name))
            .or(() -> given(effect.kind()));
    if (given.isEmpty()) {
      return typical.make();
    }
    Object answer = given.get() == Nothing.IS ? null : given.get();
    try {
      if (answer instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("fail")) {
        throw failure(effect, map.get("fail"));
      }
      return replies.fitted(effect, type, typical, answer);
    } catch (StubReply.Unfit e) {
      throw unfit(effect, position, e.getMessage());
    }
  }

  private Failure failure(Effect<?> effect, @Nullable Object given) {
    if (given instanceof Map<?, ?> parts && parts.get("type") instanceof String type) {
      var fields = new HashMap<Object, @Nullable Object>(parts);
      fields.remove("type");
      return replies.failure(type, fields);
    }
    return replies.failed(effect, String.valueOf(given), Map.of());
  }

  /** Keeps what is wrong with the answer to an effect, and returns the failure that ends it. */
  Failure unfit(Effect<?> effect, String position, @Nullable String why) {
    String problem = "the stub for %s at %s: %s".formatted(effect.kind(), position, why);
    problems.add(problem);
    return new HandlerFailed(effect.kind(), problem);
  }

  private synchronized Optional<Object> given(String key) {
    Object answer = answers.get(key);
    if (answer instanceof List<?> several && !several.isEmpty()) {
      int n = used.merge(key, 1, Integer::sum);
      return Optional.ofNullable(several.get(Math.min(n, several.size()) - 1));
    }
    return Optional.ofNullable(answer);
  }
}
