package conductor.simulation;

import conductor.effect.CommandEffect;
import conductor.effect.Effect;
import conductor.effect.ExecResult;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a user gives for a plan, by position ({@code 4.impl.1}), by an agent's name
 * ({@code RunAgent review-1}) or by effect ({@code Exec}). The items of a list answer one effect
 * after another, and its last item all later ones. Where the reply is a record, a map changes the
 * parts it names. {@code fail: MergeConflict} and {@code fail: {type: MergeConflict, files: [...]}}
 * are failures, and so is {@code fail: text}. Safe for use by several threads.
 */
public final class Stubs {

  /** One word that begins as the name of a type does. */
  private static final Pattern FAILURE = Pattern.compile("[A-Z][A-Za-z]*[a-z][A-Z][A-Za-z]*");

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
      Effect<?> effect, String position, @Nullable String name, Type type, Answer typical)
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
      boolean changes =
          answer instanceof Map<?, ?> && type instanceof Class<?> plain && plain.isRecord();
      Object before = changes ? typical.make() : null;
      return fitted(effect, type, before, answer);
    } catch (StubReply.Unfit e) {
      throw unfit(effect, position, e.getMessage());
    }
  }

  private @Nullable Object fitted(
      Effect<?> effect, Type type, @Nullable Object before, @Nullable Object answer) {
    Object reply = replies.of(type, before, answer);
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
      throw new StubReply.Unfit(
          "'passed' is %s, but 'exit_code' is %d; give one of them".formatted(passed, code));
    }
    return new ExecResult(code, result.output(), result.logPath(), passed);
  }

  private Failure failure(Effect<?> effect, @Nullable Object given) {
    if (given instanceof Map<?, ?> parts && parts.get("type") instanceof String type) {
      var fields = new HashMap<Object, @Nullable Object>(parts);
      fields.remove("type");
      return replies.failure(type, fields);
    }
    String text = String.valueOf(given);
    return FAILURE.matcher(text).matches()
        ? replies.failure(text, Map.of())
        : new HandlerFailed(effect.kind(), text);
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
