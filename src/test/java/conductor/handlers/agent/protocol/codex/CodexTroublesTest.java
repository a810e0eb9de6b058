package conductor.handlers.agent.protocol.codex;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Lines;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CodexTroublesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"contextWindowExceeded\" | CONTEXT_FULL",
        "\"usageLimitExceeded\" | RATE_LIMITED",
        "\"rateLimitExceeded\" | RATE_LIMITED",
        "\"serverOverloaded\" | OVERLOADED",
        "\"internalServerError\" | OVERLOADED",
        "\"unauthorized\" | NOT_LOGGED_IN",
        "\"badRequest\" | REFUSED",
        "\"modelNotFound\" | REFUSED",
        "\"tooManyDenials\" | DENIED",
        "\"other\" | OTHER",
        "\"quiteNew\" | OTHER",
        "null | OTHER",
        "{\"httpConnectionFailed\":{\"httpStatusCode\":403}} | NOT_LOGGED_IN",
        "{\"responseTooManyFailedAttempts\":{\"httpStatusCode\":429}} | RATE_LIMITED",
        "{\"responseStreamDisconnected\":{\"httpStatusCode\":null}} | OTHER",
        "{\"quiteNew\":7} | OTHER"
      })
  void errorsAreToldApart(String info, FailureKind trouble) {
    JsonNode error = json("{\"message\":\"m\",\"codexErrorInfo\":" + info + "}");
    assertThat(new CodexTroubles().failed(error, 0)).isEqualTo(new End.Failed(trouble, "m", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "never",
      value = {
        "{\"primary\":{\"usedPercent\":99,\"resetsAt\":60}} | never",
        "{\"primary\":{\"usedPercent\":100,\"resetsAt\":60}} | 1970-01-01T00:01:00Z",
        "{\"primary\":{\"usedPercent\":100,\"resetsAt\":60},"
            + "\"secondary\":{\"usedPercent\":100,\"resetsAt\":120}} | 1970-01-01T00:02:00Z",
        "{\"primary\":{\"usedPercent\":100}} | never",
        "{\"primary\":null} | never"
      })
  void aLimitEndsWhenTheLastFullWindowDoes(String limits, Instant reset) {
    var troubles = new CodexTroubles();
    troubles.limits(json(limits));
    JsonNode error = json("{\"message\":\"m\",\"codexErrorInfo\":\"usageLimitExceeded\"}");
    assertThat(troubles.failed(error, 0).resetAt()).isEqualTo(reset);
    JsonNode other = json("{\"message\":\"m\",\"codexErrorInfo\":\"serverOverloaded\"}");
    assertThat(troubles.failed(other, 0).resetAt()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "try again in 1.5s. | 1970-01-01T00:00:02.500Z",
        "Please try again in 20ms. | 1970-01-01T00:00:01.020Z"
      })
  void aLimitMayEndAWhileAfterItIsToldOf(String message, Instant reset) {
    JsonNode error =
        json("{\"message\":\"%s\",\"codexErrorInfo\":\"rateLimitExceeded\"}".formatted(message));
    assertThat(new CodexTroubles().failed(error, 1000).resetAt()).isEqualTo(reset);
  }

  private static JsonNode json(String text) {
    return Lines.value(text).orElseThrow();
  }
}
