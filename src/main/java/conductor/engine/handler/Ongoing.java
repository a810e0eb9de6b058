package conductor.engine.handler;

import conductor.effect.Effect;

/**
 * An effect that is being performed.
 *
 * @param key the key of its act
 * @param effect with its defaults filled in
 */
public record Ongoing(Key key, Effect<?> effect) {}
