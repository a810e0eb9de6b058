package conductor.simulation;

import conductor.effect.Effect;

/**
 * An effect that would be performed.
 *
 * @param position such as {@code 4.impl.1}
 */
public record Asked(String position, Effect<?> effect) {}
