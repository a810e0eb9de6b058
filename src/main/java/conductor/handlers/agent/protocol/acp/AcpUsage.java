package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Computes the usage of turns. Tokens come with the answer to a prompt, for that turn. Cost comes
 * in notifications as the sum of the session, so that a turn's cost is the difference. A resumed
 * session may have had costs before: unless the agent reports the sum while the session opens, the
 * cost of the first turn is unknown.
 */
final class AcpUsage {

  private @Nullable BigDecimal charged;
  private @Nullable BigDecimal sum;

  AcpUsage(boolean fresh) {
    charged = fresh ? BigDecimal.ZERO : null;
  }

  void heard(JsonNode update) {
    JsonNode cost = update.path("cost");
    if (cost.path("amount").isNumber() && Lines.text(cost, "currency").equals("USD")) {
      sum = cost.path("amount").decimalValue();
    }
  }

  /** Marks the costs up to now as counted, so that they do not belong to the next turn. */
  void settle() {
    charged = sum == null ? charged : sum;
  }

  /** Returns the usage of the turn that ends with a result, and marks it as counted. */
  Usage of(JsonNode result) {
    JsonNode tokens = tokens(result);
    var usage = new Usage(input(tokens), output(tokens), cost());
    settle();
    return usage;
  }

  static boolean isZero(JsonNode result) {
    JsonNode tokens = tokens(result);
    return tokens.isObject() && input(tokens) + output(tokens) == 0;
  }

  static boolean isMissing(JsonNode result) {
    return !tokens(result).isObject();
  }

  private @Nullable Double cost() {
    if (sum == null || charged == null) {
      return null;
    }
    BigDecimal spent = sum.subtract(charged);
    return (spent.signum() < 0 ? sum : spent).doubleValue();
  }

  private static JsonNode tokens(JsonNode result) {
    JsonNode usage = result.path("usage");
    return usage.isObject() ? usage : result.path("_meta").path("quota").path("token_count");
  }

  private static long input(JsonNode tokens) {
    return count(tokens, "inputTokens", "input_tokens") + count(tokens, "cachedWriteTokens");
  }

  /** Returns the output tokens; some agents count those of thoughts only in the total. */
  private static long output(JsonNode tokens) {
    long rest = count(tokens, "totalTokens") - input(tokens) - count(tokens, "cachedReadTokens");
    return Math.max(count(tokens, "outputTokens", "output_tokens"), rest);
  }

  private static long count(JsonNode tokens, String... names) {
    for (String name : names) {
      if (tokens.path(name).isNumber()) {
        return Math.max(0, tokens.path(name).longValue(0));
      }
    }
    return 0;
  }
}
