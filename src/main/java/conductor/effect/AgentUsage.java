package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * What agents have used: the sum over their turns that have ended.
 *
 * @param inputTokens without those that vendors read from a cache
 * @param costUsd null where no program said what its turns cost
 * @param seconds how long turns took together
 * @param turns how many prompts there were
 */
public record AgentUsage(
    long inputTokens, long outputTokens, @Nullable Double costUsd, double seconds, int turns) {

  /** Nothing. */
  public static final AgentUsage NONE = new AgentUsage(0, 0, null, 0, 0);

  /** This and more. */
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
