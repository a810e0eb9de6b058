package conductor.script;

import conductor.effect.Effect;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The handlers in force at a place of a script: those of the innermost {@code handling} block, then
 * those of the blocks around it. Immutable, so that branches keep the handlers they started with.
 *
 * @param handlers of the innermost block, by the effects' names
 * @param outer the handlers of the blocks around it; null when there is none
 * @param depth how many handlers are running on the stack at this place
 */
public record HandlerStack(Map<String, Answer> handlers, @Nullable HandlerStack outer, int depth) {

  private static final ScopedValue<HandlerStack> HERE = ScopedValue.newInstance();
  private static final HandlerStack NONE = new HandlerStack(Map.of(), null, 0);

  /** Answers an effect in place of the engine. */
  @FunctionalInterface
  public interface Answer {
    @Nullable Object answer(Effect<?> effect, Next next) throws Exception;
  }

  /**
   * Performs an effect with the handlers outside the running one: the next block around it, else
   * the definition of an own effect, else the engine.
   */
  @FunctionalInterface
  public interface Next {
    @Nullable Object perform(@Nullable Object effect);
  }

  public static HandlerStack here() {
    return HERE.isBound() ? HERE.get() : NONE;
  }

  /** Returns whether no block is in force and no handler is running. */
  boolean isEmpty() {
    return outer == null && depth == 0;
  }

  /** Returns a scope with a block of more handlers inside this one. */
  public HandlerStack with(Map<String, Answer> more) {
    return new HandlerStack(Map.copyOf(more), this, depth);
  }

  /** Returns the innermost block that handles an effect; null when none does. */
  @Nullable HandlerStack of(String effect) {
    HandlerStack at = this;
    while (at != null && !at.handlers.containsKey(effect)) {
      at = at.outer;
    }
    return at;
  }

  /** Returns the scope of a handler of this block: the blocks around it, one level deeper. */
  HandlerStack outside(HandlerStack yielding) {
    return (outer == null ? NONE : outer).at(yielding.depth + 1);
  }

  HandlerStack at(int depth) {
    return new HandlerStack(handlers, outer, depth);
  }

  <T extends @Nullable Object> T run(Callable<T> block) throws Exception {
    return ScopedValue.where(HERE, this).call(block::call);
  }
}
