/**
 * Runs a program in one process: branches that take turns, replies delivered in journal order,
 * replay, adoption, cancellation. Another engine may stand in its place: it needs a {@link
 * conductor.effect.Performer} for scripts, a {@link conductor.engine.handler.Call} for handlers,
 * and a {@link conductor.journal.Journal}.
 */
@NullMarked
package conductor.engine;

import org.jspecify.annotations.NullMarked;
