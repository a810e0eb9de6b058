package conductor.script.java;

import conductor.effect.BadArguments;
import conductor.effect.Body;
import conductor.effect.Coercion;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Issue;
import conductor.effect.Own;
import conductor.effect.Task;
import conductor.script.ScriptInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The static methods that workflows in Java use besides constructing effects: they perform effects,
 * shape the run, handle effects for a block, and read parameters and issue. They work on the
 * threads of a run only.
 */
@SuppressWarnings("MethodName") // these are the users' words
public final class JavaControls {

  private JavaControls() {}

  /**
   * A handler of an effect.
   *
   * @param <E> the effect
   */
  @FunctionalInterface
  public interface Handler<E extends Effect<?>> {

    /**
     * Answers an effect and returns its reply.
     *
     * @param onward performs an effect with the handlers outside this one
     */
    @Nullable Object answer(E effect, Function<Effect<?>, @Nullable Object> onward)
        throws Exception;
  }

  /**
   * Performs an effect and waits for its reply.
   *
   * @throws conductor.effect.Failure when it fails
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the reply of an effect is of its type
  public static <R extends @Nullable Object> R perform(Effect<R> effect) {
    return (R) JavaRun.here().perform(effect);
  }

  /**
   * Runs a block in which a handler answers the effects of a type, and returns the block's value.
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the block's value comes back
  public static <E extends Effect<?>, T extends @Nullable Object> T handling(
      Class<E> effect, Handler<E> handler, Callable<T> block) {
    return (T)
        JavaRun.here()
            .handling(
                effect.getSimpleName(),
                (asked, next) -> handler.answer(effect.cast(asked), next::perform),
                block);
  }

  /**
   * Runs a block in which a handler answers an effect that a file defines, which has no type of its
   * own; returns the block's value.
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the block's value comes back
  public static <T extends @Nullable Object> T handling(
      String effect, Handler<Own> handler, Callable<T> block) {
    return (T)
        JavaRun.here()
            .handling(
                effect,
                (asked, next) -> {
                  if (asked instanceof Own own) {
                    return handler.answer(own, next::perform);
                  }
                  throw new BadArguments(
                      "%s is built in: write handling(%s.class, ...)".formatted(effect, effect));
                },
                block);
  }

  /**
   * Constructs an effect that a file defines; the generated method of the effect's name calls this.
   *
   * @throws BadArguments when the arguments are wrong
   */
  @SuppressWarnings("unchecked") // the method by its name has the type of the reply
  public static <R extends @Nullable Object> Effect<R> own(
      String name, @Nullable Object... arguments) {
    return (Effect<R>) JavaRun.here().own(name, arguments);
  }

  /** Returns a control that performs effects in parallel; replies with their replies in order. */
  @SuppressWarnings("unchecked") // a Gather replies with a list of its branches' replies
  public static <R extends @Nullable Object> Effect<List<R>> Gather(
      List<? extends Effect<R>> effects) {
    return (Effect<List<R>>) (Effect<?>) new Control.Gather(Control.keyed(effects), false, true);
  }

  /** Returns a control that performs effects in parallel; replies with their replies in order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <R extends @Nullable Object> Effect<List<R>> Gather(Effect<R>... effects) {
    return Gather(Arrays.asList(effects));
  }

  /** Returns a control that runs blocks in parallel; replies with their values in order. */
  @SafeVarargs
  @SuppressWarnings({"unchecked", "varargs"}) // a Gather replies with its branches' values
  public static <R extends @Nullable Object> Effect<List<R>> Gather(Callable<R>... blocks) {
    return (Effect<List<R>>)
        (Effect<?>) new Control.Gather(Control.keyed(Arrays.asList(blocks)), false, true);
  }

  /**
   * Returns a control that runs effects and blocks in parallel; replies with their replies by name.
   */
  @SuppressWarnings("unchecked") // a Gather by name replies with a map; JShell reads no annotations
  public static Effect<Map<String, Object>> Gather(Map<String, ?> branches) {
    return (Effect<Map<String, Object>>)
        (Effect<?>) new Control.Gather(Control.keyed(ordered(branches)), true, true);
  }

  /**
   * Returns a control that runs effects or blocks in parallel, by name, and takes the first reply.
   */
  public static Effect<@Nullable Object> Race(Map<String, ?> branches) {
    return new Control.Race(Control.keyed(ordered(branches)));
  }

  /** Returns a control that performs an effect in parallel with the script. */
  public static Effect<Task> Spawn(Effect<?> effect) {
    return new Control.Spawn(Body.of(effect));
  }

  /** Returns a control that runs a block in parallel with the script. */
  public static Effect<Task> Spawn(Callable<?> block) {
    return new Control.Spawn(Body.of(block));
  }

  /** Returns a control that waits for a spawned branch to end. */
  public static Effect<@Nullable Object> Wait(Task task) {
    return new Control.Wait(task);
  }

  /** Returns a control that performs an effect and replies with its reply or failure as a value. */
  public static Control.Try Try(Effect<?> effect) {
    return new Control.Try(Body.of(effect));
  }

  /** Returns a control that runs a block and replies with its value or failure as a value. */
  public static Control.Try Try(Callable<?> block) {
    return new Control.Try(Body.of(block));
  }

  /**
   * Returns the branches in an order that is the same in every process: their own, or alphabetical
   * for a map without one.
   */
  private static Map<String, ?> ordered(Map<String, ?> branches) {
    return branches instanceof SequencedMap<?, ?>
        ? new LinkedHashMap<>(branches)
        : new TreeMap<>(branches);
  }

  public static boolean isGiven(String parameter) {
    return JavaRun.here().params.containsKey(parameter);
  }

  public static @Nullable Object given(String parameter) {
    return JavaRun.here().params.get(parameter);
  }

  /**
   * Returns the value of a parameter of a type that only the compiler knows, such as an enum.
   *
   * @throws BadArguments when the given value is not of that type
   */
  public static <T> T given(String parameter, Class<T> type) {
    Object value = Objects.requireNonNull(given(parameter), parameter);
    try {
      return type.cast(Coercion.to(type, value));
    } catch (IllegalArgumentException e) {
      throw new BadArguments(
          "the parameter '%s' must be %s, found %s (%s)"
              .formatted(
                  parameter,
                  type.isEnum()
                      ? "one of " + Arrays.toString(type.getEnumConstants())
                      : type.getSimpleName(),
                  value,
                  value.getClass().getSimpleName()));
    }
  }

  /** Returns the default of a parameter, converted to its declared type. */
  public static @Nullable Object byDefault(String parameter, String type, @Nullable Object value) {
    return ScriptInfo.ofDefault(parameter, type, value);
  }

  public static Map<String, @Nullable Object> paramsGiven() {
    return JavaRun.here().params;
  }

  /** Returns the issue; null when none was given. */
  public static @Nullable Issue issueGiven() {
    return JavaRun.here().issue;
  }

  /**
   * Refuses {@code System.exit}, whose calls are compiled to calls of this.
   *
   * @throws BadArguments always
   */
  @SuppressWarnings("DoNotCallSuggester") // compiled code calls it
  public static void exit(int code) {
    throw new BadArguments(
        "System.exit(%d) would end conductor, not the workflow: let the last expression be the result, or throw"
            .formatted(code));
  }

  /**
   * Returns the value of a {@code return} at the top level as a {@link Returned}; compiled code
   * calls it.
   */
  public static Object returned(@Nullable Object value) {
    return new Returned(value);
  }

  /**
   * Stops code that was interrupted; compiled code of a session calls it wherever it might run for
   * ever.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  public static void goOn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the line was broken");
    }
  }
}
