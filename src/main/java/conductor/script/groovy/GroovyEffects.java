package conductor.script.groovy;

import conductor.effect.BadArguments;
import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Task;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Yielded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Constructs effects from the named and positional arguments of a script's call, and defines the
 * words of the controls, which every script imports statically. The words of the effects are in
 * {@link GroovyWords}. Performs nothing.
 */
@SuppressWarnings("MethodName") // these are the users' words
public final class GroovyEffects {

  private static final Vocabulary VOCABULARY = Vocabulary.standard();

  private GroovyEffects() {}

  /**
   * Returns a control that runs branches in parallel and waits for all: a list, several arguments,
   * or a map by name.
   */
  public static Effect<?> Gather(@Nullable Object... arguments) {
    Call call = Call.of(arguments);
    boolean failFast = failFast(call.named());
    if (!call.named().isEmpty()) {
      return new Control.Gather(Control.keyed(Yielded.texts(call.named())), true, failFast);
    }
    return call.only() instanceof Map<?, ?> map
        ? new Control.Gather(Control.keyed(Yielded.texts(map)), true, failFast)
        : new Control.Gather(Control.keyed(call.bodies()), false, failFast);
  }

  /** Returns a control that runs branches in parallel and takes the first reply. */
  public static Effect<?> Race(@Nullable Object... arguments) {
    Call call = Call.of(arguments);
    if (!call.named().isEmpty()) {
      return new Control.Race(Control.keyed(Yielded.texts(call.named())));
    }
    return call.only() instanceof Map<?, ?> map
        ? new Control.Race(Control.keyed(Yielded.texts(map)))
        : new Control.Race(Control.keyed(call.bodies()));
  }

  /** Returns a control that runs a branch in parallel with the script. */
  public static Effect<?> Spawn(Object body) {
    return new Control.Spawn(Body.of(body));
  }

  /** Returns a control that waits for a spawned branch to end. */
  public static Effect<?> Wait(Object task) {
    if (task instanceof Task spawned) {
      return new Control.Wait(spawned);
    }
    throw new BadArguments("Wait takes the Task that Spawn replied with, found " + task);
  }

  /** Returns a control that runs a branch and replies with its result or failure as a value. */
  public static Effect<?> Try(Object body) {
    return new Control.Try(Body.of(body));
  }

  /** Constructs a built-in effect; the methods of {@link GroovyWords} call it. */
  static Effect<?> make(String name, @Nullable Object[] arguments) {
    return bind(
        VOCABULARY
            .signature(name)
            .orElseThrow(() ->
                new BadArguments(
                    "unknown effect " + name + Nearest.hint(name, VOCABULARY.names()))),
        arguments);
  }

  static Effect<?> bind(Signature signature, @Nullable Object[] arguments) {
    Call call = Call.of(arguments);
    return signature.bind(call.named(), call.positional());
  }

  private static boolean failFast(Map<String, Object> named) {
    Object snake = named.remove("fail_fast");
    Object camel = named.remove("failFast");
    return !Boolean.FALSE.equals(snake) && !Boolean.FALSE.equals(camel);
  }

  /** The arguments of a call as Groovy passes them: named ones in a map that stands first. */
  private record Call(Map<String, Object> named, List<@Nullable Object> positional) {

    static Call of(@Nullable Object[] arguments) {
      var all = new ArrayList<@Nullable Object>();
      Collections.addAll(all, arguments);
      if (!all.isEmpty() && all.getFirst() instanceof Map<?, ?> named) {
        return new Call(Yielded.texts(named), all.subList(1, all.size()));
      }
      return new Call(new LinkedHashMap<>(), all);
    }

    @Nullable Object only() {
      return positional.size() == 1 ? positional.getFirst() : null;
    }

    List<?> bodies() {
      return only() instanceof List<?> list ? list : positional;
    }
  }
}
