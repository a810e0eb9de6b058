package conductor.script;

import conductor.effect.Effect;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The handlers in force where a script is: those of the innermost {@code handling} block, then
 * those of the blocks around it. Immutable, so that branches keep what they started with.
 *
 * @param handlers of the innermost block, by the effects' names
 * @param outer the handlers of the blocks around it; null when there is none
 * @param depth how many handlers are at work around here
 */
public record Scope(Map<String, Answer> handlers, @Nullable Scope outer, int depth) {

  private static final ScopedValue<Scope> HERE = ScopedValue.newInstance();
  private static final Scope NONE = new Scope(Map.of(), null, 0);

  /** A handler: answers an effect; {@code next} performs by the next one out. */
  @FunctionalInterface
  public interface Answer {
    @Nullable Object answer(Effect<?> effect, Next next) throws Exception;
  }

  /** Performs an effect by the next handler out. */
  @FunctionalInterface
  public interface Next {
    @Nullable Object perform(@Nullable Object effect);
  }

  /** Returns the handlers in force on the calling thread. */
  public static Scope here() {
    return HERE.isBound() ? HERE.get() : NONE;
  }

  /** Returns whether there is no handler at all. */
  boolean isEmpty() {
    return outer == null && depth == 0;
  }

  /** These handlers with more inside. */
  public Scope with(Map<String, Answer> more) {
    return new Scope(Map.copyOf(more), this, depth);
  }

  /** Returns the innermost block that handles an effect; null when none does. */
  @Nullable Scope of(String effect) {
    Scope at = this;
    while (at != null && !at.handlers.containsKey(effect)) {
      at = at.outer;
    }
    return at;
  }

  /** Returns what is in force in the handlers of this block, one deeper than an asker. */
  Scope outside(Scope asker) {
    Scope around = outer == null ? NONE : outer;
    return around.at(asker.depth + 1);
  }

  /** The same handlers at another depth. */
  Scope at(int depth) {
    return new Scope(handlers, outer, depth);
  }

  /** Runs a block with these handlers in force. */
  <T extends @Nullable Object> T run(Callable<T> block) throws Exception {
    return ScopedValue.where(HERE, this).call(block::call);
  }
}
