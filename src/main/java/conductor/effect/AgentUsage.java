package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * The resources that agents have used: the sum over their turns that have ended.
 *
 * @param inputTokens without those that vendors read from a cache
 * @param costUsd the cost in US dollars; null where no program said what its turns cost
 * @param seconds the time of all turns together
 * @param turns the number of prompts
 */
public record AgentUsage(
    long inputTokens, long outputTokens, @Nullable Double costUsd, double seconds, int turns) {

  /** The usage of no turns. */
  public static final AgentUsage NONE = new AgentUsage(0, 0, null, 0, 0);

  /** Returns the sum of this usage and another one. */
  public AgentUsage plus(AgentUsage more) {
    Double cost =
        costUsd == null
            ? more.costUsd
            : more.costUsd == null ? costUsd : Double.valueOf(costUsd + more.costUsd);
    return new AgentUsage(
        inputTokens + more.inputTokens,
        outputTokens + more.outputTokens,
        cost,
        seconds + more.seconds,
        turns + more.turns);
  }
}
