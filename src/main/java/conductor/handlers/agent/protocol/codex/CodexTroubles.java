package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Lines;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Classifies the errors of failed turns, and keeps when rate limits are reset. */
final class CodexTroubles {

  private static final Pattern AGAIN =
      Pattern.compile("try again in (\\d+(?:\\.\\d+)?) ?(ms|s)", Pattern.CASE_INSENSITIVE);

  private @Nullable Instant reset;

  /** Takes in the rate limits of the account. Only limits that are used up count. */
  void limits(JsonNode limits) {
    JsonNode primary = limits.path("primary");
    JsonNode secondary = limits.path("secondary");
    if (primary.isObject() || secondary.isObject()) {
      reset =
          Stream.of(primary, secondary)
              .filter(window -> window.path("usedPercent").asDouble(0) >= 100)
              .map(window -> window.path("resetsAt").asLong(0))
              .filter(seconds -> seconds > 0)
              .max(Long::compare)
              .map(Instant::ofEpochSecond)
              .orElse(null);
    }
  }

  /**
   * Returns how a turn failed.
   *
   * @param error codex's {@code TurnError}
   * @param millis the time of codex's message in milliseconds since 1970; 0 when it is unknown
   */
  End.Failed failed(JsonNode error, long millis) {
    String message = error.path("message").asString("");
    Optional<String> refusal = refusal(message);
    FailureKind trouble =
        refusal.isPresent() ? ofBody(error) : trouble(error.path("codexErrorInfo"));
    Instant until = trouble == FailureKind.RATE_LIMITED ? until(message, millis) : null;
    return new End.Failed(trouble, refusal.orElse(message), until);
  }

  /** Returns the vendor's message: codex passes on the body of an HTTP 400. */
  private static Optional<String> refusal(String message) {
    return Lines.parse(message)
        .map(body -> body.path("error").path("message").asString(""))
        .filter(words -> !words.isBlank());
  }

  private static FailureKind ofBody(JsonNode error) {
    FailureKind trouble = trouble(error.path("codexErrorInfo"));
    return trouble == FailureKind.OTHER ? FailureKind.REFUSED : trouble;
  }

  private @Nullable Instant until(String message, long millis) {
    Matcher again = AGAIN.matcher(message);
    if (millis > 0 && again.find()) {
      double unit = again.group(2).equalsIgnoreCase("s") ? 1000 : 1;
      long wait = Math.round(Double.parseDouble(again.group(1)) * unit);
      return Instant.ofEpochMilli(millis).plus(Duration.ofMillis(wait));
    }
    return reset;
  }

  private static FailureKind trouble(JsonNode info) {
    return info.isObject() ? ofStatus(info) : ofName(info.asString(""));
  }

  private static FailureKind ofStatus(JsonNode info) {
    return info.values().stream()
        .map(detail -> detail.path("httpStatusCode").asInt(0))
        .filter(status -> status > 0)
        .findFirst()
        .map(FailureKind::ofStatus)
        .orElse(FailureKind.OTHER);
  }

  /** Codex reports HTTP 500 as an internal server error, and calls it high demand. */
  private static FailureKind ofName(String name) {
    return switch (name) {
      case "contextWindowExceeded" -> FailureKind.CONTEXT_FULL;
      case "usageLimitExceeded", "rateLimitExceeded" -> FailureKind.RATE_LIMITED;
      case "serverOverloaded",
          "flexUnavailable",
          "policyCapacityUnavailable",
          "internalServerError" ->
          FailureKind.OVERLOADED;
      case "unauthorized" -> FailureKind.NOT_LOGGED_IN;
      case "badRequest",
          "modelNotFound",
          "cyberPolicy",
          "misalignmentPolicyViolation",
          "inferenceHookDenied" ->
          FailureKind.REFUSED;
      case "tooManyDenials" -> FailureKind.DENIED;
      default -> FailureKind.OTHER;
    };
  }
}
