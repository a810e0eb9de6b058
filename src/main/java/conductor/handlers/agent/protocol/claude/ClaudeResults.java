package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Interprets Claude Code's {@code result} lines. */
final class ClaudeResults {

  private ClaudeResults() {}

  /**
   * Returns how a turn ended.
   *
   * @param cancelled whether the turn was cancelled before
   * @param resetAt when a rate limit that was reported before is reset; null when none was
   */
  static End end(JsonNode result, boolean cancelled, @Nullable Instant resetAt) {
    boolean error = result.path("is_error").asBoolean(false);
    if (!error && result.path("num_turns").asInt(1) == 0) {
      return new End.Failed(
          FailureKind.OTHER, "it answered without its model: " + message(result).strip(), null);
    }
    if (!error && result.path("subtype").asString("").equals("success")) {
      return new End.Answered(
          result.path("result").asString(""), structured(result), denied(result));
    }
    if (result.path("subtype").asString("").equals("error_max_structured_output_retries")) {
      return new End.Answered(message(result), null, denied(result));
    }
    if (cancelled && result.path("terminal_reason").asString("").startsWith("aborted")) {
      return new End.Cancelled();
    }
    String message = message(result);
    FailureKind trouble = trouble(result, message);
    return new End.Failed(trouble, message, trouble == FailureKind.RATE_LIMITED ? resetAt : null);
  }

  private static @Nullable String structured(JsonNode result) {
    JsonNode structured = result.path("structured_output");
    return structured.isMissingNode() || structured.isNull() ? null : structured.toString();
  }

  private static List<String> denied(JsonNode result) {
    return result
        .path("permission_denials")
        .valueStream()
        .map(denial ->
            denial.path("tool_name").asString("")
                + " "
                + ClaudeTools.what(denial.path("tool_input")))
        .toList();
  }

  private static String message(JsonNode result) {
    String text = result.path("result").asString("");
    if (!text.isBlank()) {
      return text;
    }
    List<String> errors =
        result.path("errors").valueStream().map(error -> error.asString("")).toList();
    return errors.isEmpty()
        ? result.path("subtype").asString("") + " " + result.path("terminal_reason").asString("")
        : String.join("\n", errors);
  }

  private static FailureKind trouble(JsonNode result, String message) {
    String said = message.toLowerCase(Locale.ROOT);
    if (result.path("terminal_reason").asString("").equals("prompt_too_long")
        || said.contains("prompt is too long")
        || said.contains("context window")) {
      return FailureKind.CONTEXT_FULL;
    }
    if (said.contains("invalid api key") || said.contains("/login")) {
      return FailureKind.NOT_LOGGED_IN;
    }
    return FailureKind.ofStatus(result.path("api_error_status").asInt(0));
  }

  static boolean isOfNoSession(JsonNode result) {
    return message(result).startsWith("No conversation found");
  }

  /**
   * Returns the usage since the previous result; empty for older versions, which report only
   * totals. Whether the totals of a resumed or copied session count from its beginning depends on
   * what ran before it.
   */
  static Optional<Usage> sinceLast(JsonNode result) {
    JsonNode models = result.path("model_usage_since_last_result");
    Usage used = new Usage(0, 0, 0.0);
    for (JsonNode model : models) {
      used = used.plus(tokens(model)).plus(new Usage(0, 0, model.path("costUSD").asDouble(0)));
    }
    return models.isObject() ? Optional.of(used) : Optional.empty();
  }

  private static Usage tokens(JsonNode model) {
    return new Usage(
        model.path("inputTokens").asLong(0) + model.path("cacheCreationInputTokens").asLong(0),
        model.path("outputTokens").asLong(0),
        null);
  }

  /** Returns the usage of the session up to now, of all turns and models together. */
  static Usage total(JsonNode result) {
    Usage total = Usage.NONE;
    for (JsonNode model : result.path("modelUsage")) {
      total = total.plus(tokens(model));
    }
    JsonNode cost = result.path("total_cost_usd");
    return cost.isNumber() ? total.plus(new Usage(0, 0, cost.asDouble())) : total;
  }
}
