package conductor.handlers.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A7: which of the values in an answer is the answer. */
class StructuredAnswerTest {

  private static final StructuredAnswer FORMAT =
      new StructuredAnswer(
          Map.of(
              "type", "object",
              "properties", Map.of("ok", Map.of("type", "boolean")),
              "required", List.of("ok")),
          Path.of("."));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ok\": false}",
        "It is [1] so: {\"ok\": false}, as {x} shows.",
        "```json\n{\"ok\": false}\n```",
        "{\"ok\": false}\n\n```json\n{\"ok\":false}\n```",
        "the schema is {\"type\": \"object\"}; ```\n{\"ok\": false}\n``` done",
        "{{\"ok\": false}"
      })
  void theOneValueThatFitsIsTaken(String answer) {
    assertThat(FORMAT.check(answer))
        .isEqualTo(new StructuredAnswer.Checked(Map.of("ok", false), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```json\n{\"ok\": true}\n```\nMy verdict: {\"ok\": false}",
        "{\"ok\": false}\n\nIt would be:\n```json\n{\"ok\": true}\n```",
        "```\n{\"ok\": true}\n```\n```\n{\"ok\": false}\n```"
      })
  void anExampleBesideTheAnswerIsAskedAbout(String answer) {
    assertThat(FORMAT.check(answer).problem()).contains("2 different JSON values");
  }

  @Test
  void hostileAnswersAreReadQuickly() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (String piece : List.of("[", "{", "{\"a\":", "[1,", "[]", "```json\n", "\\n\n")) {
            FORMAT.check(piece.repeat(20_000) + "x");
          }
        });
  }
}
