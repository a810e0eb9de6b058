package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What turns use. Tokens come with the answer to a prompt, for that turn; cost comes in
 * notifications, as the sum of the session, so that a turn's is the difference. A session that is
 * resumed may have cost something before: unless the agent tells the sum while it opens, the cost
 * of the first turn is not known.
 */
final class AcpUsage {

  private @Nullable BigDecimal charged;
  private @Nullable BigDecimal sum;

  /**
   * @param fresh whether nothing was spent on the session before
   */
  AcpUsage(boolean fresh) {
    charged = fresh ? BigDecimal.ZERO : null;
  }

  /** A {@code usage_update}. */
  void heard(JsonNode update) {
    JsonNode cost = update.path("cost");
    if (cost.path("amount").isNumber() && Lines.text(cost, "currency").equals("USD")) {
      sum = cost.path("amount").decimalValue();
    }
  }

  /** What was spent up to now is not of the next turn. */
  void settle() {
    charged = sum == null ? charged : sum;
  }

  /** Returns what the turn used that ends with a result; counted from here on. */
  Usage of(JsonNode result) {
    JsonNode tokens = tokens(result);
    var usage = new Usage(input(tokens), output(tokens), cost());
    settle();
    return usage;
  }

  /** Returns whether an agent that tells what it used tells nothing. */
  static boolean isZero(JsonNode result) {
    JsonNode tokens = tokens(result);
    return tokens.isObject() && input(tokens) + output(tokens) == 0;
  }

  /** Returns whether nothing is told at all. */
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

  /** Thoughts are paid for as output; whether an agent counts them there shows in the total. */
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
