package conductor.effect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effects that shape the run itself. The engine answers them, not a handler, and what their
 * closures return is not journaled.
 */
public sealed interface Control<R extends @Nullable Object> extends Effect<R> {

  /**
   * Runs all branches at once.
   *
   * @param branches by key, in order
   * @param named whether the reply is a map by key rather than a list in order
   * @param failFast whether the first failure cancels the rest and is thrown; else all are waited
   *     for and {@link GatherFailed} tells
   */
  @About(
      value =
          "Runs effects or closures at once and replies in order, or by name. The first failure cancels the rest; with fail_fast: false"
              + " it waits for all and throws GatherFailed(replies, failures); an exception of the script in a branch is a ScriptFailed(type, reason) there.",
      example =
          "def (a, b) = yield Gather([CreateWorktree(suffix: 'a'), CreateWorktree(suffix: 'b')])")
  record Gather(Map<String, Body> branches, boolean named, boolean failFast)
      implements Control<Object> {
    public Gather {
      branches = ordered(branches);
    }
  }

  /** Runs all branches at once; the first to end settles it and the others are cancelled. */
  @About(
      value =
          "Runs effects or closures at once; the first reply wins and the others are cancelled.",
      example = "def answer = yield Race(quick: { yield Exec('./quick.sh') }, late: Sleep('5m'))")
  record Race(Map<String, Body> branches) implements Control<@Nullable Object> {
    public Race {
      branches = ordered(branches);
    }
  }

  /** Starts a branch without waiting for it. */
  @About(
      value = "Starts an effect or closure beside the script and replies with its Task.",
      example = "def task = yield Spawn { yield Exec('make') }")
  record Spawn(Body body) implements Control<Task> {}

  /** Waits for a spawned branch; its failure is thrown here. */
  @About(
      value = "Waits for a task and replies with its value.",
      example = "def value = yield Wait(task)")
  record Wait(Task task) implements Control<@Nullable Object> {}

  /** Runs a branch and turns its failure into a value. */
  @About(
      value =
          "Runs an effect or closure and replies Ok(value) or Err(failure); an exception of the script is a ScriptFailed(type, reason).",
      example = "def tried = yield Try(Exec('make', check: true))")
  record Try(Body body) implements Control<Attempt> {}

  /**
   * Answers an effect by a handler of the script. Scripts do not construct this: {@code handling}
   * says which handlers are in force, and a yield of such an effect becomes this.
   *
   * @param effect the effect that is asked for
   * @param body the handler's call for it, whose value is the reply
   */
  @About(
      value =
          "Handles effects for a block of script: the innermost handler wins, and perform inside it goes to the next one out. The"
              + " block's value comes back.",
      example =
          "def files = handling(Push: { effect, perform -> yield Ask(\"push?\"); perform(effect) }) { release() }")
  record Handled(Effect<?> effect, Body body) implements Control<@Nullable Object> {
    @Override
    public String kind() {
      return effect.kind();
    }
  }

  private static Map<String, Body> ordered(Map<String, Body> branches) {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(branches));
  }

  /** Returns branches that were given by position, under the keys {@code 0}, {@code 1}, ... */
  static Map<String, Body> keyed(List<?> bodies) {
    var branches = new LinkedHashMap<String, Body>();
    for (Object body : bodies) {
      branches.put(String.valueOf(branches.size()), Body.of(body));
    }
    return branches;
  }

  /** Returns branches that were given by name, under their names. */
  static Map<String, Body> keyed(Map<String, ?> bodies) {
    var branches = new LinkedHashMap<String, Body>();
    bodies.forEach((key, body) -> branches.put(key, Body.of(body)));
    return branches;
  }
}
