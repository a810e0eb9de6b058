package conductor.handlers.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The tokens and cost of one or several turns.
 *
 * @param inputTokens the input tokens without those read from a cache
 * @param costUsd the cost in US dollars; null when the program does not report it
 */
public record Usage(long inputTokens, long outputTokens, @Nullable Double costUsd) {

  public static final Usage NONE = new Usage(0, 0, null);

  public Usage plus(Usage more) {
    Double cost =
        costUsd == null
            ? more.costUsd
            : more.costUsd == null ? costUsd : Double.valueOf(costUsd + more.costUsd);
    return new Usage(inputTokens + more.inputTokens, outputTokens + more.outputTokens, cost);
  }

  /** Returns the difference between this and an earlier sum, never negative. */
  public Usage since(Usage before) {
    Double cost =
        costUsd == null
            ? null
            : Double.valueOf(
                Math.max(0, costUsd - (before.costUsd == null ? 0.0 : before.costUsd)));
    return new Usage(
        Math.max(0, inputTokens - before.inputTokens),
        Math.max(0, outputTokens - before.outputTokens),
        cost);
  }
}
