package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repository is set up by what can be seen in it and on the machine. */
class InitTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private String config() throws Exception {
    return Files.readString(project.repo.resolve(".conductor/config.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mvnw | | ./mvnw -q test |",
        "pom.xml | | mvn -q test |",
        "build.gradle.kts | | gradle test |",
        "Cargo.toml | | cargo test |",
        "go.mod | | go test ./... |",
        "pyproject.toml | [project] | python3 -m pytest |",
        "pyproject.toml | [tool.poetry] | poetry run pytest | poetry install",
        "package.json | {\"scripts\": {\"test\": \"jest\"}} | npm test | npm install",
        "Makefile | test: all | make test |",
      })
  void theTestCommandIsTheOneOfTheBuildTool(String file, String content, String test, String setup)
      throws Exception {
    project.file("repo/" + file, content == null ? "" : content + "\n");

    project.conductor("init");

    assertThat(config()).contains("params:\n  test_command: '" + test + "'\n");
    if (setup == null) {
      assertThat(config()).contains("# worktree:");
    } else {
      assertThat(config()).contains("worktree:\n  setup: '" + setup + "'\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "package.json | {\"scripts\": {\"test\": \"echo \\\"Error: no test specified\\\" && exit 1\"}}",
        "package.json | {}",
        "Makefile | testing: all",
        "README.md | test:",
      })
  void aProjectThatDoesNotTellHowItIsTestedGetsComments(String file, String content)
      throws Exception {
    project.file("repo/" + file, content + "\n");

    project.conductor("init").ok();

    assertThat(config()).contains("# params:\n#   test_command:").doesNotContain("\nparams:");
  }

  @Test
  void aWorkflowRunsWithTheTestCommandThatWasFound() throws Exception {
    project.file("repo/Makefile", "test:\n\ttrue\n");
    project.sh(project.repo, "git add . && git commit -q -m make && git push -q origin HEAD:main");
    Project.Result done = project.conductor("init").ok();
    assertThat(done.out())
        .startsWith("wrote " + project.repo.resolve(".conductor/config.yaml") + "\n")
        .endsWith("next: conductor run enforced_pr --issue ISSUE.md\n");
    project.file("issue.md", "# Add a greeting\n\nPlease greet.\n");

    assertThat(project.conductor("run", "enforced_pr", "--issue", "../issue.md").ok().out())
        .contains("\"number\":1");
    assertThat(project.flow("@Param('what') String test_command = 'x'\nreturn test_command").out())
        .isEqualTo("make test\n");
  }

  @Test
  void whatIsThereStaysAndNeedsAPersonsTrust() throws Exception {
    project.file("repo/.conductor/config.yaml", "worktree: {setup: 'touch pwned'}\n");

    Project.Result kept = project.conductor("init", "--json").ok();

    assertThat(config()).isEqualTo("worktree: {setup: 'touch pwned'}\n");
    assertThat(kept.json().path("written").asBoolean()).isFalse();
    assertThat(kept.json().path("trusted").asBoolean()).isFalse();
    assertThat(kept.json().path("next").asString()).isEqualTo("conductor trust");
    assertThat(project.conductor("init", "--yes").ok().out()).contains("is trusted");
  }

  /** The file that a link leads to may be the user's own settings, which need no trust. */
  @Test
  void aLinkLeadsNowhere() throws Exception {
    Path settings = Files.createDirectories(temp.resolve("elsewhere"));
    Files.createSymbolicLink(project.repo.resolve(".conductor"), settings);

    Project.Result refused = project.conductor("init");

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains(".conductor is a symbolic link");
    assertThat(settings).isEmptyDirectory();
  }

  @Test
  void aWrapperOfTheRepositoryIsNotTrustedAlong() throws Exception {
    project.file("repo/gradlew", "touch ../pwned\n");

    assertThat(project.conductor("init").ok().out()).contains("wrote", "next: conductor trust");

    assertThat(project.flow("return 1").err()).contains("gradlew", "is not trusted");
  }

  @Test
  void aPlanHasTheParametersOfTheConfigurationToo() throws Exception {
    project.file("repo/Makefile", "test:\n\ttrue\n");
    project.conductor("init").ok();
    project.file("issue.md", "# Add a greeting\n\nPlease greet.\n");

    assertThat(project.conductor("plan", "enforced_pr", "--issue", "../issue.md").ok().out())
        .contains("make test");
    String flow =
        project
            .file("flow.groovy", "@Param('what') String test_command = 'mine'\nreturn test_command")
            .toString();
    assertThat(project.conductor("run", flow, "--params", "{\"test_command\": null}").ok().out())
        .isEqualTo("mine\n");
  }

  @Test
  void whatTheRepositoryBringsBesidesIsNotTrustedAlong() throws Exception {
    project.file("repo/.conductor/workflows/theirs.groovy", "return 'pwned'\n");
    project.file("repo/Makefile", "test:\n\ttrue\n");

    assertThat(project.conductor("init").ok().out()).contains("wrote", "next: conductor trust");

    assertThat(project.conductor("run", "theirs").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void itIsDoneTwiceAndFromBelowWithoutHarm() throws Exception {
    project.conductor("init").ok();
    String before = config();
    Files.createDirectories(project.repo.resolve("deep/down"));

    Project.Result again = project.conductorIn(project.repo.resolve("deep/down"), "init").ok();

    assertThat(again.out()).startsWith("kept ");
    assertThat(config()).isEqualTo(before);
  }

  @Test
  void aBrokenConfigurationIsToldOfAndLeft() throws Exception {
    project.file("repo/.conductor/config.yaml", "agent: [\n");

    Project.Result refused = project.conductor("init");

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("config.yaml");
    assertThat(config()).isEqualTo("agent: [\n");
  }

  @Test
  void itNeedsARepositoryWithAWorkingTree() throws Exception {
    Project.Result none = project.conductorIn(temp, "init");
    Project.Result bare = project.conductorIn(project.origin, "init");

    assertThat(none.code()).isEqualTo(Exit.USAGE);
    assertThat(none.err()).contains("git init");
    assertThat(bare.code()).isEqualTo(Exit.USAGE);
    assertThat(bare.err()).contains("bare repository");
  }

  @Test
  void withoutAnAgentItSaysHowToGetOne() throws Exception {
    project.configure("caps: {agents: 1}\n");
    project.environment.put("PATH", "/usr/bin:/bin");

    Project.Result written = project.conductor("init");

    assertThat(written.code()).isEqualTo(Exit.FAILED);
    assertThat(config()).contains("Found here: none.\n# agent: claude");
    assertThat(written.out()).contains("none is configured").endsWith("next: conductor doctor\n");
  }
}
