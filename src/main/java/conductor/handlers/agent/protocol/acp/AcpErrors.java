package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Lines;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Classifies the errors of Agent Client Protocol agents. The protocol has only one error code for
 * this purpose, for a missing login. Otherwise agents put their vendor's text into the message,
 * which is therefore searched for an HTTP status and for words.
 */
final class AcpErrors {

  private static final int AUTH_REQUIRED = -32000;

  private static final Pattern STATUS =
      Pattern.compile(
          "(?:status|code|error|http|repeated)[^\\p{Alnum}]{0,4}(?:code[^\\p{Alnum}]{0,3})?"
              + "([45]\\d\\d)(?!\\d)"
              + "|(?<![\\w.:/-])(401|403|429|503|529)(?![\\w:/-])");

  private AcpErrors() {}

  static String message(JsonNode error) {
    String message = plain(Lines.text(error, "message"));
    JsonNode data = error.path("data");
    String more = data.stringValue(Lines.text(data, "details"));
    return more.isEmpty() || message.contains(more) ? message : (message + ": " + more).strip();
  }

  static FailureKind trouble(JsonNode error) {
    int code = error.path("code").intValue(0);
    if (code == AUTH_REQUIRED) {
      return FailureKind.NOT_LOGGED_IN;
    }
    String text = message(error).toLowerCase(Locale.ROOT);
    return trouble(text, code >= 400 && code < 600 ? OptionalInt.of(code) : status(text));
  }

  static FailureKind trouble(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return trouble(lower, status(lower));
  }

  private static FailureKind trouble(String text, OptionalInt status) {
    if (has(text, "context length", "context window", "context_length", "prompt is too long")) {
      return FailureKind.CONTEXT_FULL;
    }
    if (has(text, "api key", "api_key", "unauthorized", "not logged in", "authentication")) {
      return FailureKind.NOT_LOGGED_IN;
    }
    if (status.isPresent()) {
      return FailureKind.ofStatus(status.getAsInt());
    }
    if (has(text, "rate limit", "rate_limit", "too many requests", "quota")) {
      return FailureKind.RATE_LIMITED;
    }
    if (has(text, "overloaded", "at capacity")) {
      return FailureKind.OVERLOADED;
    }
    return isOfNoSession(text) ? FailureKind.SESSION_GONE : FailureKind.OTHER;
  }

  private static boolean isOfNoSession(String text) {
    return text.contains("session")
        && has(text, "not found", "no previous", "invalid session", "unknown", "not exist");
  }

  private static boolean has(String text, String... words) {
    return Stream.of(words).anyMatch(text::contains);
  }

  private static OptionalInt status(String text) {
    var found = STATUS.matcher(text);
    if (!found.find()) {
      return OptionalInt.empty();
    }
    String status = found.group(1) == null ? found.group(2) : found.group(1);
    return OptionalInt.of(Integer.parseInt(status));
  }

  /** Returns the vendor's message where an agent passes on the body of its vendor's answer. */
  private static String plain(String message) {
    return Lines.parse(message)
        .map(body -> Lines.text(body.path("error"), "message"))
        .filter(inner -> !inner.isEmpty())
        .orElse(message);
  }
}
