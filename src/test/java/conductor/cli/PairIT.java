package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.modelserver.ModelServer;
import conductor.modelserver.ModelTurn;
import conductor.realagents.AgentHome;
import conductor.realagents.RealAgent;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Claude Code and Codex, the real programs, side by side in one run. */
@Tag("agents")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PairIT {

  @TempDir private Path temp;
  private Project project;
  private ModelServer model;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    model = new ModelServer();
    AgentHome home = AgentHome.make(temp.resolve("home"), model.address());
    for (RealAgent agent : List.of(RealAgent.CLAUDE, RealAgent.CODEX)) {
      project.environment.putAll(home.environment(agent));
    }
    project.sh("git config --global user.email t@example.com; git config --global user.name T");
    project.configure(
        """
        agent: claude
        caps: {agents: 4}
        agents:
          claude: {program: '%s', pass_env: [TMPDIR]}
          codex: {program: '%s', pass_env: [TMPDIR, SCRIPTED_API_KEY]}
        """
            .formatted(RealAgent.CLAUDE.program(), RealAgent.CODEX.program()));
  }

  @AfterEach
  void end() {
    model.close();
  }

  private static final String MULTI =
      """
      def (impl, tests) = yield Gather([CreateWorktree(suffix: 'impl'), CreateWorktree(suffix: 'tests')])
      yield Gather(
          impl: RunAgent('claude', env: impl, prompt: 'impl [[write:impl.txt|x]] [[say:one]]', name: 'impl'),
          tests: RunAgent('codex', env: tests, prompt: 'tests [[write:tests.txt|x]] [[say:two]]', name: 'tests'),
      )
      def merged = yield MergeBranches([impl, tests])
      def pr = yield CreatePR(env: merged, title: 'Both')
      return (yield MergePR(pr)).status
      """;

  @Test
  void bothWorkOnOneRunWhoseConductorIsKilledFiveTimes() throws Exception {
    Path flow = project.file("flow.groovy", MULTI);
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    Process process = project.start("run", flow.toString());
    model.awaitTurn(turn -> true);
    for (int kills = 0;
        kills < 5 && !process.waitFor(300 + random.nextInt(1200), TimeUnit.MILLISECONDS);
        kills++) {
      process.destroyForcibly().waitFor();
      process = project.start("resume", project.onlyRun());
    }
    process.waitFor();

    assertThat(project.conductor("ps").out()).contains("done");
    assertThat(model.realTurns())
        .extracting(turn -> turn.prompt().substring(0, 4) + turn.step())
        .containsExactlyInAnyOrder("impl0", "impl1", "test0", "test1");
    assertThat(project.conductor("pr", "list", "--json").json().size()).isOne();
    assertThat(project.sh("git -C origin.git ls-tree --name-only main"))
        .isEqualTo("README.md\nimpl.txt\ntests.txt");
  }

  @Test
  void aBudgetOfThreeTurnsOverBothEndsAtTheBoundary() throws Exception {
    Project.Result result =
        project.flow(
            """
            import static conductor.flow.Budget.budget
            def env = yield CreateWorktree()
            def said = []
            try {
              budget(max_tokens: 3 * 1100) {
                for (n in 1..9) {
                  said << (yield RunAgent(n % 2 ? 'claude' : 'codex', env: env, prompt: "turn $n [[say:$n]]"))
                }
              }
            } catch (BudgetExceeded e) {
              return said.join(',') + ' ' + e.limit
            }
            """);

    assertThat(result.ok().out()).isEqualTo("1,2,3 max_tokens\n");
    assertThat(model.realTurns()).extracting(ModelTurn::step).hasSize(3);
    JsonNode usage = project.conductor("show", project.onlyRun(), "--json").json().path("usage");
    assertThat(usage.path("output_tokens").asLong()).isEqualTo(model.tokens().output());
    assertThat(usage.path("input_tokens").asLong())
        .isEqualTo(model.tokens().input() + model.tokens().cacheWrite());
  }
}
