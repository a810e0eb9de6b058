package conductor.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.Exit;
import conductor.cli.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AgentsCommandTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path claude = Files.writeString(bin.resolve("claude"), "#!/bin/sh\necho '9.9 (Claude Code)'\n");
    Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwxr-xr-x"));
    project.environment.put("PATH", bin + ":/usr/bin:/bin");
  }

  private JsonNode agent(String name) {
    for (JsonNode agent : project.conductor("agents", "--json").ok().json()) {
      if (agent.path("name").asString().equals(name)) {
        return agent;
      }
    }
    throw new AssertionError("no agent " + name);
  }

  @Test
  void programsAreFoundWithTheirVersionsAndLogins() {
    assertThat(agent("claude").path("found").asBoolean()).isTrue();
    assertThat(agent("claude").path("version").asString()).isEqualTo("9.9 (Claude Code)");
    assertThat(agent("claude").path("protocol").asString()).isEqualTo("claude");
    assertThat(agent("claude").path("login").isNull()).isTrue();

    project.environment.put("ANTHROPIC_API_KEY", "sk-test-0000");

    assertThat(agent("claude").path("login").asString()).isEqualTo("ANTHROPIC_API_KEY");
    assertThat(project.conductor("agents").out()).doesNotContain("sk-test-0000");
  }

  @Test
  void aProgramThatIsTooOldIsToldWithTheLeastVersion() throws Exception {
    project.file("bin/claude", "#!/bin/sh\necho '1.0.60 (Claude Code)'\n");

    assertThat(agent("claude").path("found").asBoolean()).isFalse();
    assertThat(agent("claude").path("why").asString())
        .isEqualTo("its version 1.0.60 is too old, 2.0.45 is the least; update it");
    assertThat(project.conductor("doctor").out())
        .contains("!! agent      claude: claude: its version 1.0.60 is too old");
  }

  @Test
  void whatIsMissingIsExplained() {
    assertThat(agent("codex").path("found").asBoolean()).isFalse();
    assertThat(agent("codex").path("why").asString()).contains("PATH", "agents.codex.program");
  }

  @Test
  void profilesAreAgentsWithSettingsOfTheirOwn() throws Exception {
    project.configure(
        "agent: claude\nprofiles: {reviewer: {agent: claude, model: opus}, lost: {agent: nobody}}\n");

    assertThat(agent("reviewer").path("agent").asString()).isEqualTo("claude");
    assertThat(agent("reviewer").path("model").asString()).isEqualTo("opus");
    assertThat(agent("lost").path("why").asString()).contains("nobody");
  }

  @Test
  void anUnknownProfileIsAFailureThatNamesTheNearest() throws Exception {
    project.configure(
        "agent: mine\nagents: {mine: {command: ['true']}}\nprofiles: {reviewer: {agent: mine}}\n");

    Project.Result result =
        project.flow(
            "def env = yield CreateWorktree()\nyield RunAgent(env: env, prompt: 'x', profile: 'reviwer')");

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("reviwer", "'reviewer'");
  }

  @Test
  void anAgentSeesWhatIsOnTheListAndNoSecretIsWritten() throws Exception {
    project.environment.put("MY_TOKEN", "tok-1234567890");
    project.environment.put("OTHER", "something else");
    project.configure(
        "agent: mine\nagents: {mine: {command: ['sh', '-c', 'env; cat'], pass_env: [MY_TOKEN]}}\n");

    String out =
        project
            .flow("return yield RunAgent(env: yield(CreateWorktree()), prompt: 'x', name: 'a')")
            .ok()
            .out();

    assertThat(out).contains("MY_TOKEN=***MY_TOKEN***", "PATH=").doesNotContain("OTHER=");
    Path run = project.state.run(project.onlyRun()).root();
    assertThat(project.sh("grep -rl tok-1234567890 %s | grep -v /out$ || true".formatted(run)))
        .isEmpty();
  }

  @Test
  void anAgentCommitsAsTheUserWhoseIdentityAndSettingsAreInTheEnvironment() throws Exception {
    project.sh("git config --global --unset user.name; git config --global --unset user.email");
    project.environment.put("GIT_AUTHOR_NAME", "Ann Author");
    project.environment.put("GIT_COMMITTER_NAME", "Carl Committer");
    project.environment.put("EMAIL", "team@example.com");
    project.environment.put("GIT_CONFIG_COUNT", "1");
    project.environment.put("GIT_CONFIG_KEY_0", "commit.cleanup");
    project.environment.put("GIT_CONFIG_VALUE_0", "verbatim");
    project.agent(
        """
        echo a > a.txt; git add a.txt; git commit -q -m 'Add a'
        git log -1 --format='%an <%ae> %cn <%ce>'; git config commit.cleanup
        """);

    String said =
        project
            .flow("return yield RunAgent(env: yield(CreateWorktree()), prompt: 'x', name: 'a')")
            .ok()
            .out();

    assertThat(said)
        .startsWith("Ann Author <team@example.com> Carl Committer <team@example.com>\nverbatim");
  }

  /** As in a hook, where git says which repository it runs in. */
  @Test
  void noAgentAndNoCommandIsLedToTheRepositoryOfAHook() throws Exception {
    project.environment.put("GIT_DIR", project.repo.resolve(".git").toString());
    project.environment.put("GIT_INDEX_FILE", project.repo.resolve(".git/index").toString());
    project.configure(
        "agent: mine\nagents: {mine: {command: ['git', 'rev-parse', '--absolute-git-dir'],"
            + " pass_env: [GIT_DIR, GIT_INDEX_FILE]}}\n");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree(name: 'own')
            def agent = yield RunAgent(env: env, prompt: 'x')
            def command = yield Exec('git rev-parse --absolute-git-dir; echo "$GIT_INDEX_FILE"', env: env)
            return [agent.trim() == command.output.trim(), command.output]
            """);

    assertThat(result.ok().json().get(0).asBoolean()).isTrue();
    assertThat(result.json().get(1).asString().strip()).contains(".git/worktrees/own");
  }

  @Test
  void aSettingThatCannotBeIsAClearError() throws Exception {
    project.configure("agents: {mine: {protocol: morse, command: ['x']}}\n");

    Project.Result result = project.conductor("agents");

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("agents.mine.protocol", "acp", "morse");
  }
}
