package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** N-friction 4, 5: what {@code ps} says of a run: repository, cost, pull request, question. */
@Timeout(120)
class ListedRunsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.conversing(
        """
        read -r line
        id=${line##*request_id\\":\\"}; id=${id%%\\"*}
        printf '{"type":"control_response","response":{"subtype":"success","request_id":"%s","response":{}}}\\n' "$id"
        read -r line
        echo a > a.txt
        printf '{"type":"result","subtype":"success","is_error":false,"result":"done","session_id":"s","total_cost_usd":1.204,"usage":{"input_tokens":3,"output_tokens":4}}\\n'
        cat > /dev/null
        """,
        "");
  }

  private String proposed() throws Exception {
    project
        .flow(
            """
            def env = yield CreateWorktree()
            yield RunAgent(env: env, prompt: 'x')
            yield CreatePR(env, 'T')
            """)
        .ok();
    return project.onlyRun();
  }

  @Test
  void theRepositoryTheCostAndThePullRequestOfARunAreListed() throws Exception {
    String run = proposed();

    assertThat(project.conductor("ps").ok().out())
        .matches(run + "  done  \\S+ ago  flow  repo  \\$1\\.20  #1\n");
    JsonNode listed = project.conductor("ps", "--json").ok().json().get(0);
    assertThat(listed.path("repo").asString()).isEqualTo(project.repo.toString());
    assertThat(listed.path("cost_usd").asDouble()).isEqualTo(1.204);
    assertThat(listed.path("pr_url").asString()).endsWith("/1.json");
  }

  /** The index holds it too: who lists many runs reads none of them. */
  @Test
  void whatIsListedIsTheSameWithoutTheRunsOwnFiles() throws Exception {
    String run = proposed();
    project.flow("1").ok(); // writes the index anew
    Path agents = project.state.run(run).agents();
    Files.move(agents, agents.resolveSibling("elsewhere"));

    assertThat(project.conductor("ps").ok().out()).contains("repo  $1.20  #1");
  }

  /** The lines are no longer than the terminal is wide. */
  @Test
  void aNarrowTerminalShowsWhatMattersMost() throws Exception {
    project.flow("return yield Ask('May I go on with all of this, or not?')", "--no-wait");
    String run = project.onlyRun();
    var plain = Map.of("TERM", "screen", "LANG", "C.UTF-8");
    try (var pane = new Pane(project, 80, 10, plain, "ps")) {
      pane.await(
          "^" + run + "  blocked  \\S+ ago  flow  repo  \\? May I go on with all of this, .*…$");
      pane.await("^EXIT 0$");
    }
    try (var pane = new Pane(project, 20, 10, plain, "ps")) {
      pane.await("^" + run + "  blocked …$").await("^EXIT 0$");
    }
  }

  /** P20: as with git and docker, it may stand before the command. */
  @ParameterizedTest
  @ValueSource(strings = {"--state-dir other", "--state-dir=other"})
  void theStateDirectoryMayStandBeforeTheCommand(String option) throws Exception {
    project.flow("return 1").ok();
    String[] words = (option + " ps").split(" ", -1);

    assertThat(project.conductor(words).ok().err()).isEqualTo("no runs\n");
    assertThat(project.conductor("--state-dir=" + project.state.root(), "ps").ok().out())
        .contains("done");
    assertThat(project.conductor(option.split(" ", -1)).code()).isEqualTo(Exit.USAGE);
    assertThat(project.conductor("--state-dir", project.root.toString(), "env", "lst").code())
        .isEqualTo(Exit.USAGE);
  }

  /** P20: a duration is shown as people write it. */
  @Test
  void durationsAreShownAsPeopleWriteThem() throws Exception {
    project.flow("yield Ask('go on?', timeout: '1h30m')", "--no-wait");

    assertThat(project.conductor("show", project.onlyRun()).ok().out())
        .contains("timeout: 1h30m")
        .doesNotContain("PT1H30M");
  }
}
