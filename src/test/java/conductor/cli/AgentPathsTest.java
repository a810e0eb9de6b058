package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands of a configuration name: files beside it, of the checkout, of a worktree. */
class AgentPathsTest {

  private static final String AGENT =
      "return yield RunAgent(env: yield(CreateWorktree(name: 'a')), prompt: 'x')";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp.resolve("a b"));
  }

  private void config(String agent) throws Exception {
    project.file(
        "repo/.conductor/config.yaml", "agent: theirs\nagents: {theirs: {%s}}\n".formatted(agent));
  }

  /** N, friction 1: the agent of README's example is in no commit, so no worktree has it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "command: [sh, agent.sh]",
        "command: [sh, ./agent.sh]",
        "command: [./agent.sh]",
        "command: [sh, $CONDUCTOR_PROJECT/.conductor/agent.sh]",
        "command: [sh, '${CONDUCTOR_PROJECT}/.conductor/agent.sh']",
        "command: 'sh \"$CONDUCTOR_PROJECT/.conductor/agent.sh\"'",
        "command: [sh, -c, '. \"$FILE\"'], env: {FILE: $CONDUCTOR_PROJECT/.conductor/agent.sh}",
      })
  void aFileOfTheCheckoutIsNamedWithoutItsWholePath(String agent) throws Exception {
    project.file("repo/.conductor/agent.sh", "#!/bin/sh\necho \"ran in $(basename \"$PWD\")\"\n");
    project.sh(project.repo, "chmod +x .conductor/agent.sh; mkdir -p deep/er");
    config(agent);

    assertThat(project.conductor("trust").ok().out()).contains("/repo/.conductor/agent.sh\n");
    Path flow = project.file("flow.groovy", AGENT);
    assertThat(
            project.conductorIn(project.repo.resolve("deep/er"), "run", flow.toString()).ok().out())
        .startsWith("ran in a-wf-");
  }

  /** N6: the checkout's file is as it was trusted when an agent starts, not when the run did. */
  @ParameterizedTest
  @ValueSource(strings = {"agent.sh", "$CONDUCTOR_PROJECT/.conductor/agent.sh"})
  void aFileOfTheCheckoutThatChangesMeanwhileDoesNotRun(String word) throws Exception {
    project.file("repo/.conductor/agent.sh", "echo trusted");
    config("command: [sh, '%s']".formatted(word));
    project.conductor("trust").ok();

    Project.Result refused =
        project.flow(
            """
            yield Exec(command: 'echo "touch ran.txt" > "$CONDUCTOR_PROJECT/.conductor/agent.sh"', check: true)
            """
                + AGENT);

    assertThat(refused.code()).isOne();
    assertThat(refused.err()).contains("FileNotTrusted: ", "/repo/.conductor/agent.sh is not as");
    assertThat(project.sh("find . -name ran.txt")).isEmpty();
  }

  /** What lies beside a configuration of the user's own is named in the same way. */
  @Test
  void theUsersOwnFileIsFoundBesideTheUsersConfiguration() throws Exception {
    project.file("home/.config/doeff-conductor/mine/agent.sh", "echo mine");
    project.configure("agent: mine\nagents: {mine: {command: [sh, mine/agent.sh]}}\n");

    assertThat(project.flow(AGENT).ok().out()).isEqualTo("mine\n");
  }

  /** A word that only looks like a file of the configuration stays as it is. */
  @Test
  void aProgramOfThePathIsNoFileBesideTheConfiguration() throws Exception {
    project.file("repo/.conductor/sh", "exit 9");
    config("command: [sh, -c, 'echo path']");
    project.conductor("trust").ok();

    assertThat(project.flow(AGENT).ok().out()).isEqualTo("path\n");
  }

  @Test
  void agentsCommandsAndSetUpKnowTheCheckout() throws Exception {
    config("command: 'printenv CONDUCTOR_PROJECT'");
    project.sh(
        project.repo,
        "printf 'worktree: {setup: [sh, -c, \"printenv CONDUCTOR_PROJECT > at.txt\"]}\\n' >> .conductor/config.yaml");
    project.conductor("trust").ok();

    String flow =
        """
        def env = yield CreateWorktree(name: 'x')
        return [yield(RunAgent(env: env, prompt: 'x')), yield(ReadFile(env, 'at.txt')).trim(),
            yield(Exec('printenv CONDUCTOR_PROJECT', env: env)).output.trim()].toSet().join(',')
        """;
    assertThat(project.flow(flow).ok().out()).isEqualTo(project.repo + "\n");
  }
}
