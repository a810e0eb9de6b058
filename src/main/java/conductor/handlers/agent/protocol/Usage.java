package conductor.handlers.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a turn used.
 *
 * @param inputTokens without those read from a cache
 * @param costUsd null where the program does not say
 */
public record Usage(long inputTokens, long outputTokens, @Nullable Double costUsd) {

  /** Nothing. */
  public static final Usage NONE = new Usage(0, 0, null);

  /** This and more. */
  public Usage plus(Usage more) {
    Double cost =
        costUsd == null
            ? more.costUsd
            : more.costUsd == null ? costUsd : Double.valueOf(costUsd + more.costUsd);
    return new Usage(inputTokens + more.inputTokens, outputTokens + more.outputTokens, cost);
  }

  /** Returns what of this is not in an earlier sum. */
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
