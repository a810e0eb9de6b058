package conductor.simulation;

import conductor.effect.Effect;

/**
 * An effect that a workflow asked for in a simulation, and that a real run would perform.
 *
 * @param position its position in the run, such as {@code 4.impl.1}
 */
public record Asked(String position, Effect<?> effect) {}
