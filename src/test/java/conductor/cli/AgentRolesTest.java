package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N, missing 1: who writes, reviews and tests, in the configuration and by parameters. */
class AgentRolesTest {

  private static final String AGENTS =
      """
      agent: one
      agents:
        one: {command: 'echo one $CONDUCTOR_AGENT >> "$LEDGER"; date > one.txt', pass_env: [LEDGER]}
        two: {command: 'echo two $CONDUCTOR_AGENT >> "$LEDGER"; echo "{\\"approved\\":true,\\"objections\\":[]}"', pass_env: [LEDGER]}
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp).configure(AGENTS);
    project.file("repo/issue.md", "# Add it\n\nPlease.\n");
  }

  private Project.Result template(String name, String... more) {
    var words =
        new java.util.ArrayList<String>(java.util.List.of("run", name, "--issue", "issue.md"));
    words.addAll(java.util.List.of(more));
    return project.conductor(words.toArray(String[]::new));
  }

  @Test
  void anotherAgentReviewsThanWrites() throws Exception {
    Project.Result ran = template("reviewed_pr");

    assertThat(ran.ok().err()).contains("who does what: writer: one, reviewer: two");
    assertThat(project.ledger()).element(0).asString().startsWith("one ");
    assertThat(project.ledger()).element(1).isEqualTo("two review-1");
  }

  @Test
  void parametersSayWhoDoesWhatAndComeBeforeTheConfiguration() throws Exception {
    project.configure(AGENTS + "roles: {writer: one, reviewer: one}\n");

    template("reviewed_pr", "--param", "agents.reviewer=two").ok();

    assertThat(project.ledger()).last().isEqualTo("two review-1");
  }

  @Test
  void aRunThatIsResumedKeepsItsRoles() throws Exception {
    Path gate = temp.resolve("gate");
    Path flow =
        project.file(
            "flow.groovy",
            """
            import conductor.flow.Roles
            @Param('who') Map agents = [:]
            def env = yield CreateWorktree(name: 'x')
            yield Exec(command: 'test -e %s', check: true)
            def tester = Roles.of(agents, 'tester')
            return yield RunAgent(env: env, type: tester.agent, prompt: 'x')
            """
                .formatted(gate));
    assertThat(project.conductor("run", flow.toString(), "--param", "agents.tester=two").code())
        .isOne();
    Files.createFile(gate);
    project.configure(AGENTS + "roles: {tester: one}\n");

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).contains("approved");
  }

  @Test
  void whatIsNoRoleOrNoAgentIsToldBeforeAnythingRuns() throws Exception {
    Project.Result role = template("basic_pr", "--param", "agents.wirter=two");
    assertThat(role.code()).isEqualTo(Exit.USAGE);
    assertThat(role.err()).contains("no role 'wirter'", "did you mean 'writer'");

    Project.Result agent = template("basic_pr", "--param", "agents.writer=three");
    assertThat(agent.code()).isEqualTo(Exit.USAGE);
    assertThat(agent.err()).contains("three", "it is not configured", "one, two");

    Project.Result part = template("basic_pr", "--param", "agents.writer.modell=x");
    assertThat(part.code()).isEqualTo(Exit.USAGE);
    assertThat(part.err()).contains("has no 'modell'", "did you mean 'model'");
    assertThat(project.conductor("ps", "--json").out()).isEqualTo("[]\n");
  }

  /** What a repository says about roles could run an agent of the user's: it needs trust. */
  @Test
  void rolesOfAProjectNeedTrust() throws Exception {
    project.file("repo/.conductor/config.yaml", "roles: {writer: two}\n");

    assertThat(template("basic_pr").err()).contains("is not trusted", "roles.writer");
  }
}
