package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every example prints what stands beside it. {@code -Dgolden.write=true} writes that anew, to be
 * looked at before it is committed.
 */
class ExamplesTest {

  private static final String AGENT =
      """
      prompt=$(cat)
      if [ -n "$CONDUCTOR_SCHEMA_FILE" ]; then
        case $prompt in
          *risky*) echo '{"risk": "low", "why": "it is text"}' ;;
          *) echo '{"approved": true, "objections": []}' ;;
        esac
      elif [ "$prompt" = 'Review and create PR' ]; then
        echo reviewed
      else
        echo "$prompt" > "$CONDUCTOR_AGENT.txt"
        echo "heard: $prompt"
      fi
      """;

  @TempDir private Path temp;

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Project.home().resolve("examples"))) {
      return files
          .filter(file -> file.toString().matches(".*\\.(groovy|jsh)"))
          .filter(file -> !file.getFileName().toString().startsWith("template"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExamplePrintsWhatStandsBesideIt(Path example) throws Exception {
    Project project = Project.withOrigin(temp).agent(AGENT);
    Path issue = project.file("issue.md", "# Add a greeting\n\nPlease add it.\n");

    String printed =
        project.conductor("run", example.toString(), "--issue", issue.toString()).ok().out();

    Path expected = Path.of(example.toString().replaceFirst("\\.(groovy|jsh)$", ".out"));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(expected, printed);
    }
    assertThat(printed).isEqualTo(Files.readString(expected));
  }

  @Test
  void thereAreExamples() throws Exception {
    assertThat(examples()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleHasNoFindings(Path example) throws Exception {
    Project project = Project.withoutRepository(temp);

    assertThat(project.conductor("check", example.toString()).ok().err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"groovy", "java"})
  void aNewTemplateRuns(String language) throws Exception {
    Project project = Project.withOrigin(temp).agent(AGENT);
    Path issue = project.file("issue.md", "# Add a greeting\n\nPlease add it.\n");

    List<String> made =
        project
            .conductor("template", "new", "mine", "--lang", language)
            .ok()
            .out()
            .lines()
            .toList();

    assertThat(project.conductor("check", made.getFirst()).ok().err()).isEmpty();
    String some = language.equals("java") ? "a person decides" : ""; // jshell compiles it each time
    assertThat(project.conductor("test", made.getLast(), "--filter", some).ok().out())
        .endsWith("passed, 0 failed\n");
    assertThat(
            project
                .conductor(
                    "run", "mine", "--issue", issue.toString(), "--param", "check=test -f *.txt")
                .ok()
                .json()
                .path("title")
                .asString())
        .isEqualTo("Add a greeting");
  }
}
