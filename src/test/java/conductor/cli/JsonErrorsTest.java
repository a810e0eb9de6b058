package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** With {@code --json} a program finds the error on standard output too. */
class JsonErrorsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** N-friction 11. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "show wf-ffffff --json | 2 | request | null | wf-ffffff",
        "show --jso | 2 | | | ",
        "nonsense --json | 2 | request | null | nonsense",
        "list --json | 2 | request | null | ps",
        "ps --limit many --json | 2 | request | null | --limit",
        "issue show ISSUE-009 --json | 2 | request | IssueNotFound | ISSUE-009",
        "ps --json --state-dir /proc/none | 0 | | | ",
        "run -e 'yield Exek()' --json | 2 | request | null | unknown effect 'Exek'",
      })
  void anErrorIsADocument(String line, int exit, String kind, String type, String message)
      throws Exception {
    List<String> words =
        Stream.of(line.split(" (?=(?:[^']*'[^']*')*[^']*$)"))
            .map(word -> word.replaceAll("^'|'$", ""))
            .toList();

    Project.Result result = project.conductor(words.toArray(String[]::new));

    assertThat(result.code()).isEqualTo(exit);
    if (kind == null) {
      assertThat(result.out()).doesNotContain("\"error\"");
      return;
    }
    JsonNode json = result.json();
    assertThat(json.propertyNames()).containsExactly("v", "error", "exit");
    assertThat(json.path("v").asInt()).isEqualTo(1);
    assertThat(json.path("exit").asInt()).isEqualTo(exit);
    assertThat(json.path("error").propertyNames()).containsExactly("kind", "type", "message");
    assertThat(json.path("error").path("kind").asString()).isEqualTo(kind);
    assertThat(json.path("error").path("type").isNull()).isEqualTo(type.equals("null"));
    assertThat(json.path("error").path("message").asString()).contains(message);
    assertThat(result.err()).contains(message);
  }

  @Test
  void theKeysOfWritingCommandsHaveOneOrder() throws Exception {
    assertThat(project.conductor("template", "new", "mine", "--json").ok().json().propertyNames())
        .containsExactly("v", "name", "file", "test");
    assertThat(
            project.conductor("template", "show", "basic_pr", "--json").ok().json().propertyNames())
        .containsExactly("v", "name", "origin", "file", "script");
    assertThat(project.conductor("effects", "Exec", "--json").ok().json().get(0).propertyNames())
        .containsExactly("v", "name", "kind", "about", "parameters", "reply", "example", "origin");
    assertThat(project.conductor("effects", "ExecFailed", "--json").ok().out())
        .isEqualTo(
            "[{\"v\":1,\"name\":\"ExecFailed\",\"kind\":\"failure\",\"fields\":["
                + "{\"name\":\"command\",\"type\":\"String\",\"nullable\":false},"
                + "{\"name\":\"exit_code\",\"type\":\"int\",\"nullable\":false},"
                + "{\"name\":\"output\",\"type\":\"String\",\"nullable\":false},"
                + "{\"name\":\"log_path\",\"type\":\"Path\",\"nullable\":false}]}]\n");
  }
}
