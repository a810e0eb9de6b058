package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates try their test command before an agent is paid. */
class TestCommandTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project =
        Project.withOrigin(temp)
            .agent("cat > prompt.txt; mv prompt.txt $$.txt; echo paid >> $LEDGER; echo done");
    project.file("issue.md", "# Add a greeting\n\nPlease greet.\n");
  }

  private Project.Result run(String template, String command) {
    return project.conductor(
        "run", template, "--issue", "../issue.md", "--param", "test_command=" + command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enforced_pr | no-such-tool --all | 127 | no-such-tool: not found",
        "multi_agent | no-such-tool --all | 127 | no-such-tool: not found",
        "enforced_pr | ./README.md | 126 | Permission denied",
      })
  void oneThatCannotBeRunEndsTheRunBeforeAnyAgent(
      String template, String command, int code, String said) throws Exception {
    Project.Result refused = run(template, command);

    assertThat(refused.code()).isEqualTo(Exit.FAILED);
    assertThat(refused.err())
        .contains(
            "CommandUnavailable: '%s' cannot be run: exit code %d; install it, or prepare worktrees with worktree.setup"
                .formatted(command, code))
        .contains(said);
    assertThat(project.ledger()).isEmpty();
  }

  @Test
  void oneThatCannotBeRunAfterTheAgentsWorkPaysNoAgentToRepairIt() throws Exception {
    project.agent("rm test.sh; echo paid >> $LEDGER; echo done");
    project.sh(
        project.repo,
        "echo exit 0 > test.sh; chmod +x test.sh; git add .; git commit -q -m t; git push -q origin HEAD:main");

    Project.Result refused = run("enforced_pr", "./test.sh");

    assertThat(refused.code()).isEqualTo(Exit.FAILED);
    assertThat(refused.err())
        .contains("CommandUnavailable: './test.sh' cannot be run")
        .doesNotContain("repairing");
    assertThat(project.ledger()).containsExactly("paid");
  }

  @Test
  void aRunGoesOnWhenTheCommandIsThere() throws Exception {
    project.environment.compute("PATH", (_, path) -> temp.resolve("bin") + ":" + path);
    assertThat(run("enforced_pr", "our-tests").code()).isEqualTo(Exit.FAILED);
    Path tests = project.file("bin/our-tests", "#!/bin/sh\nls *.txt\n");
    Files.setPosixFilePermissions(tests, PosixFilePermissions.fromString("rwxr-xr-x"));

    Project.Result resumed = project.conductor("resume", project.onlyRun());

    assertThat(resumed.ok().err()).contains("the tests fail before any change: exit code 2");
    assertThat(project.ledger()).containsExactly("paid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enforced_pr", "multi_agent"})
  void oneThatFailsBeforeAnyChangeIsToldAndTheAgentsBegin(String template) throws Exception {
    Project.Result ran = run(template, "ls *.txt");

    assertThat(ran.ok().err())
        .containsOnlyOnce("the tests fail before any change: exit code 2")
        .doesNotContain("repairing");
    assertThat(project.ledger()).hasSize(template.equals("enforced_pr") ? 1 : 2);
  }

  /** What an agent changed in a directory is tested there, with commands of the configuration. */
  @ParameterizedTest
  @ValueSource(strings = {"enforced_pr", "multi_agent"})
  void eachDirectoryIsTestedByItsOwnCommand(String template) throws Exception {
    project.sh(
        project.repo,
        "mkdir -p services/api services/web; touch services/api/f services/web/f; git add .; git commit -qm d; git push -q origin HEAD:main");
    project.agent("cat > /dev/null; touch services/api/$CONDUCTOR_AGENT; echo done");
    Files.writeString(
        temp.resolve("home/.config/doeff-conductor/config.yaml"),
        """

        params:
          test_command: echo usual >> $LEDGER
          test_commands:
            services/api: pwd >> $LEDGER; test -e fix-1
            services/web: 'false'
        """,
        StandardOpenOption.APPEND);

    Project.Result ran = project.conductor("run", template, "--issue", "../issue.md");

    assertThat(ran.ok().err()).contains("repairing, round 1 of 3").doesNotContain("unknown key");
    assertThat(project.ledger()).hasSize(3).first().isEqualTo("usual");
    assertThat(project.ledger().subList(1, 3)).allMatch(line -> line.endsWith("/services/api"));
    assertThat(project.conductor("pr", "list", "--json").json().get(0).path("body").asString())
        .contains("test -e fix-1` passes in services/api")
        .doesNotContain("usual");
  }
}
