package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * The effects by which a session asks the person at its prompt. Not among the effects that scripts
 * can construct. The reply is what was entered, so that the journal of a session is its source.
 */
public sealed interface SessionEffect<R extends @Nullable Object> extends Effect<R> {

  /** Reads what is entered next; the reply is null when the person leaves. */
  record Line() implements SessionEffect<@Nullable Entered> {}
}
