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
            return yield RunAgent(env: env, agent: Roles.of(agents, 'tester'), prompt: 'x')
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

  @Test
  void theResolverResolvesConflicts() throws Exception {
    project.configure(
        """
        agent: one
        agents:
          one: {command: 'echo one >> "$LEDGER"; echo $CONDUCTOR_AGENT > same.txt', pass_env: [LEDGER]}
          two: {command: 'echo two $CONDUCTOR_AGENT >> "$LEDGER"; echo both > same.txt', pass_env: [LEDGER]}
        roles: {resolver: two}
        """);

    Project.Result ran = template("multi_agent");

    assertThat(ran.ok().err()).contains("resolver: two");
    assertThat(project.ledger()).filteredOn(line -> line.startsWith("two merge-")).hasSize(1);
    assertThat(ran.err()).contains("an agent resolved the conflicts in same.txt");
  }

  @Test
  void theJudgeDecidesWhereReviewersAreDivided() throws Exception {
    project.configure(
        """
        agent: pro
        agents:
          pro: {command: 'echo "{\\"approved\\":true,\\"objections\\":[]}"'}
          con: {command: 'echo "{\\"approved\\":false,\\"objections\\":[\\"too long\\"]}"'}
          judge: {command: 'cat > "$LEDGER"; echo "{\\"approved\\":true,\\"objections\\":[]}"', pass_env: [LEDGER]}
        """);
    Path flow =
        project.file(
            "repo/flow.groovy",
            """
            import conductor.flow.Quorum
            @Param('who') Map agents = [:]
            def env = yield CreateWorktree(issue: issue)
            def all = Quorum.review(env, issue, ['pro', [agent: 'con']], null, agents)
            return [all.approved, all.votes, all.verdicts*.name]
            """);

    assertThat(template(flow.toString()).ok().out())
        .contains("[false,1,[\"reviewer-1\",\"reviewer-2\"]]");
    assertThat(template(flow.toString(), "--param", "agents.judge=judge").ok().out())
        .contains("[true,2,[\"reviewer-1\",\"reviewer-2\",\"judge\"]]");
    assertThat(project.ledger()).contains("- too long");
  }

  @Test
  void theJudgeChoosesAmongAttempts() throws Exception {
    project.configure(
        """
        agent: one
        agents:
          one: {command: 'date > $CONDUCTOR_AGENT.txt'}
          two: {command: 'echo two $CONDUCTOR_AGENT >> "$LEDGER"; echo "{\\"best\\":2,\\"why\\":\\"shorter\\"}"', pass_env: [LEDGER]}
        """);
    Path flow =
        project.file(
            "repo/flow.groovy",
            """
            import conductor.flow.BestOf
            def good = BestOf.attempts(issue, ['one', [agent: 'one']], 'true')
            return BestOf.judged(issue, good, [judge: 'two']).why
            """);

    assertThat(template(flow.toString()).ok().out()).contains("shorter");
    assertThat(project.ledger()).containsExactly("two judge");
  }

  @Test
  void anAgentOfAScriptIsCheckedAndPlanned() throws Exception {
    Path flow =
        project.file(
            "repo/flow.groovy",
            """
            def env = yield CreateWorktree(name: 'x')
            return yield RunAgent(env: env, agent: [agent: 'two', modell: 'x'], prompt: 'look')
            """);
    Project.Result checked = project.conductor("check", flow.toString());
    assertThat(checked.code()).isEqualTo(Exit.USAGE);
    assertThat(checked.err() + checked.out())
        .contains("flow.groovy:2", "it has no 'modell'; it has agent, profile, model");

    project.file(
        "repo/flow.groovy", java.nio.file.Files.readString(flow).replace("modell", "model"));
    assertThat(project.conductor("check", flow.toString()).code()).isZero();
    assertThat(project.conductor("plan", flow.toString()).ok().out()).contains("two, model x");
  }

  @Test
  void anAgentThatIsOnlyFoundReviewsAndStaysAfterAResume() throws Exception {
    project.configure("agent: one\nagents:\n  one: {command: 'date > one.txt'}\n");
    found("codex", "gemini");
    project.file("home/.codex/auth.json", "{}");

    Project.Result ran = template("reviewed_pr");
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).contains("who does what: writer: one, reviewer: codex");

    project.file("home/.gemini/oauth_creds.json", "{}");
    project.configure("agent: one\nroles: {reviewer: one}\nagents:\n  one: {command: 'date'}\n");
    Project.Result resumed = project.conductor("resume", project.onlyRun());
    assertThat(resumed.code()).isOne();
    assertThat(resumed.err()).contains("the agent review-1 is error", "exit code 3");
  }

  @Test
  void anAgentThatIsOnlyFoundAndHasNoLoginIsNotTaken() throws Exception {
    project.configure("agent: one\nagents:\n  one: {command: 'echo one'}\n");
    found("codex");

    assertThat(template("reviewed_pr", "--quiet").err()).doesNotContain("codex");
  }

  @Test
  void ofTwoThatAreOnlyFoundTheFirstWrites() throws Exception {
    project.configure("");
    found("claude", "codex");
    project.environment.put("ANTHROPIC_API_KEY", "sk-ant-none");
    project.environment.put("OPENAI_API_KEY", "sk-none");

    assertThat(template("reviewed_pr").err())
        .contains("who does what: writer: claude, reviewer: codex");
    assertThat(template("reviewed_pr", "--agent", "codex").err()).doesNotContain("claude");
  }

  /** Puts programs on the PATH that fail whatever they are asked. */
  private void found(String... programs) throws Exception {
    for (String program : programs) {
      Path file = project.file("bin/" + program, "#!/bin/sh\nexit 3\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    project.environment.merge(
        "PATH", temp.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
  }
}
