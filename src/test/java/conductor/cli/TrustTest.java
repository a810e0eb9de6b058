package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project brings runs only after somebody trusted it, as it was then. */
class TrustTest {

  private static final String FLOW = "return 'ran'";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private void config(String yaml) throws Exception {
    project.file("repo/.conductor/config.yaml", yaml);
  }

  @Test
  void aProjectsAgentIsRefusedUntilItIsTrusted() throws Exception {
    config("agents: {theirs: {command: [sh, -c, 'touch ../pwned']}}\n");

    Project.Result refused = project.flow(FLOW);

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err())
        .contains(".conductor is not trusted", "agents.theirs.command", "'conductor trust'");
    assertThat(project.conductor("ps", "--json").out()).isEqualTo("[]\n");

    project.conductor("trust").ok();
    assertThat(project.flow(FLOW).ok().out()).isEqualTo("ran\n");
  }

  @Test
  void aChangeAsksAgain() throws Exception {
    config("worktree: {setup: make}\n");
    project.conductor("trust").ok();
    config("worktree: {setup: make evil}\n");

    assertThat(project.flow(FLOW).err()).contains("changed since it was trusted");

    project.conductor("trust", "--json").ok();
    project.file("repo/.conductor/workflows/more.groovy", "return 1");
    assertThat(project.flow(FLOW).code()).isEqualTo(Exit.USAGE);
    project.conductor("trust").ok();
    assertThat(project.conductor("run", "more").ok().out()).isEqualTo("1\n");
    project.conductor("trust", "--revoke").ok();
    assertThat(project.conductor("run", "more").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aRunIsNotResumedWithWhatChangedMeanwhile() throws Exception {
    config("agents: {theirs: {command: [sh, -c, cat]}}\n");
    project.conductor("trust").ok();
    assertThat(project.flow("yield Exec(command: 'exit 1', check: true)").code()).isOne();
    config("agents: {theirs: {command: [sh, -c, 'touch ../pwned']}}\n");

    assertThat(project.conductorIn(temp, "resume", project.onlyRun()).err())
        .contains("changed since it was trusted");
  }

  @Test
  void settingsThatRunNothingNeedNoTrust() throws Exception {
    config("caps: {agents: 1}\n");

    assertThat(project.flow(FLOW).ok().out()).isEqualTo("ran\n");
    assertThat(project.conductor("trust").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aRunThatIsResumedElsewhereWorksInItsOwnProject() throws Exception {
    config("agents: {theirs: {command: [sh, -c, 'echo theirs']}}\nagent: theirs\n");
    project.conductor("trust").ok();
    Path gate = temp.resolve("gate");
    assertThat(
            project
                .flow(
                    """
                    yield Exec(command: 'test -e %s', check: true)
                    return yield RunAgent(env: yield(CreateWorktree()), prompt: 'x')
                    """
                        .formatted(gate))
                .code())
        .isOne();
    Files.createFile(gate);

    assertThat(project.conductorIn(temp, "resume", project.onlyRun()).ok().out())
        .isEqualTo("theirs\n");
  }
}
