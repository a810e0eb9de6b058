package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * What a session asks of the person at its prompt. Not among the words of scripts: what was entered
 * is the reply, so that the journal of a session is its source.
 */
public sealed interface SessionEffect<R extends @Nullable Object> extends Effect<R> {

  /** The next thing entered; null when the person leaves. */
  record Line() implements SessionEffect<@Nullable Entered> {}
}
