package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Usage;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Computes usage from the growth of codex's totals. There is a total for each thread, and the
 * threads of agents that codex starts by itself count too. A thread that continues in a new process
 * starts with the total that an earlier process has counted.
 */
final class CodexUsage {

  private final Map<String, Total> counted = new HashMap<>();
  private final Map<String, Total> seen = new HashMap<>();

  private record Total(long input, long output) {

    static Total of(JsonNode tokens) {
      long read = tokens.path("cachedInputTokens").asLong(0);
      return new Total(
          tokens.path("inputTokens").asLong(0) - read, tokens.path("outputTokens").asLong(0));
    }

    Total minus(Total less) {
      return new Total(input - less.input, output - less.output);
    }
  }

  /** Takes in the totals of a thread during a turn of this process. */
  void grew(String thread, JsonNode tokens) {
    Total total = Total.of(tokens.path("total"));
    counted.putIfAbsent(thread, total.minus(Total.of(tokens.path("last"))));
    seen.put(thread, total);
  }

  /** Takes in totals that an earlier process reached and counted. */
  void had(String thread, JsonNode tokens) {
    Total total = Total.of(tokens.path("total"));
    counted.put(thread, total);
    seen.put(thread, total);
  }

  Usage taken() {
    Usage usage =
        seen.entrySet().stream()
            .map(entry ->
                entry.getValue().minus(counted.getOrDefault(entry.getKey(), entry.getValue())))
            .map(used -> new Usage(Math.max(0, used.input()), Math.max(0, used.output()), null))
            .reduce(Usage.NONE, Usage::plus);
    counted.putAll(seen);
    return usage;
  }
}
