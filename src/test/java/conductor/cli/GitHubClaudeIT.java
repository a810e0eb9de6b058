package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeRepository.Check;
import conductor.modelserver.ModelServer;
import conductor.realagents.AgentHome;
import conductor.realagents.RealAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The templates with the real Claude Code on GitHub, over real HTTP and git. What the model says is
 * scripted by what conductor passes on: the issue, a command's output, the change, the logs of
 * checks, comments. Conductor is killed while the agent works, and between each request that
 * changes GitHub and its answer.
 */
@Tag("agents")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Isolated("looks for the token in every process")
class GitHubClaudeIT extends GitHubMachine {

  private static final String PUSH = "POST .*/git-receive-pack";

  /** Tells the model what an agent can see. */
  private static final String LOOK =
      "[[bash:git remote -v; git config --list; env; cat ~/.git-credentials || true]]";

  private static final String REPAIR =
      "broken [[gate:work]] " + LOOK + " [[bash:echo x >> repairs.txt]]";

  private static final String COMMENT =
      """
      a.txt:1: Bad name. [[bash:echo y > answered.txt]] \
      [[structured:{"answers": [{"id": "comment:{id}", "answer": "Renamed it."}]}]]\
      """;

  private ModelServer model;
  private Path token;

  @BeforeEach
  void machine() throws Exception {
    model = new ModelServer();
    project.environment.putAll(
        AgentHome.make(temp.resolve("home"), model.address()).environment(RealAgent.CLAUDE));
    project.configure(
        """
        forge: {type: github, url: '%s', settle: 1s}
        agent: claude
        agents:
          claude: {program: '%s', pass_env: [TMPDIR], permissions: {allow: ['execute(*)']}}
        """
            .formatted(github.fake.url(), RealAgent.CLAUDE.program()));
    token = github.tokenFromCommand();
    github.repository.runner =
        commit ->
            List.of(
                github.lines(commit, "repairs.txt") < 2
                    ? new Check("build", "failure", REPAIR)
                    : new Check("build", "success", ""));
  }

  @AfterEach
  void end() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource({
    "basic_pr,    Implement Checks Checks Your",
    "enforced_pr, Implement `test Checks Checks Your",
    "reviewed_pr, Implement Review A Review Checks Checks Your"
  })
  void anIssueBecomesOnePullRequestWithOneAnswerToEachCommentAndOneMerge(
      String template, String prompts) throws Exception {
    killedWhileTheAgentWorks(words(template));
    killedAt(PUSH, "POST .*/pulls");
    github.repository.review(1, "ann", "CHANGES_REQUESTED", "", COMMENT);
    killedAt(PUSH, PUSH, PUSH, "POST .*/issues/1/comments", "POST .*/replies");
    github.repository.review(1, "ann", "APPROVED", "Fine now.");

    project.conductor("resume", project.onlyRun()).ok();
    mergedByARunThatIsKilled();

    assertThat(prompts()).containsExactly(prompts.split(" ", -1));
    assertThat(github.repository.pulls()).isOne();
    assertThat(github.repository.replies(1)).singleElement().asString().startsWith("Renamed it.");
    assertThat(github.repository.comments(1)).singleElement().asString().startsWith("Dealt with");
    assertThat(github.fake.requests("POST .*/pulls")).hasSize(1);
    assertThat(github.fake.requests("PUT .*/merge")).hasSize(1);
    assertThat(project.sh("git -C %s rev-list --count main".formatted(github.bare))).isEqualTo("2");
    assertThat(project.sh("git -C %s ls-tree --name-only main".formatted(github.bare)).lines())
        .contains("a.txt", "repairs.txt", "answered.txt");
    assertThatNobodySawTheToken();
  }

  /** What runs a template whose agents do what is asked of them only when they are told again. */
  private String[] words(String template) throws Exception {
    Path approval = file("approval", "[[structured:{\"approved\": true, \"objections\": []}]]");
    Path objection =
        file(
            "objection",
            """
            [[structured:{"approved": false, "objections": \
            ["\\u005b\\u005bbash:cp %s verdict.txt\\u005d\\u005d"]}]]\
            """
                .formatted(approval));
    String issue =
        github.issue(
            "[[gate:work]] %s [[bash:cp -n %s verdict.txt]] [[write:a.txt|a]]"
                .formatted(LOOK, objection));
    var words = new ArrayList<>(List.of("run", template, "--issue", issue));
    words.addAll(List.of("--param", "follow=true"));
    if (template.equals("enforced_pr")) {
      Path fix = file("fix", "[[bash:echo x > fixed.txt]]");
      words.addAll(
          List.of(
              "--param", "test_command=test -e fixed.txt || { cat %s; exit 1; }".formatted(fix)));
    }
    return words.toArray(String[]::new);
  }

  private Path file(String name, String text) throws Exception {
    return project.file(name + ".txt", text + "\n");
  }

  @Test
  void checksThatFailTwiceAreRepairedByTwoPushes() throws Exception {
    github.proposed("work");

    killedWhileTheAgentWorks("run", "ci_fix", "--param", "pr=1");
    killedAt(PUSH, PUSH);
    var ended = project.conductor("resume", project.onlyRun()).ok();

    assertThat(ended.json().path("passed").asBoolean()).isTrue();
    assertThat(prompts()).containsExactly("Checks", "Checks");
    assertThat(github.repository.pulls()).isOne();
    assertThat(project.sh("git -C %s rev-list --count main..work".formatted(github.bare)))
        .isEqualTo("3");
    assertThat(project.sh("git -C %s show work:repairs.txt".formatted(github.bare)))
        .isEqualTo("x\nx");
    assertThatNobodySawTheToken();
  }

  /** Looks at all processes and files while an agent waits for its model, then kills conductor. */
  private void killedWhileTheAgentWorks(String... words) throws Exception {
    Process process = project.start(words);
    try {
      model.awaitTurn("[[gate:work]]", 0);
      assertThat(TokenSearch.processes()).isEmpty();
      assertThat(TokenSearch.files(temp)).containsExactly(token);
    } finally {
      process.destroyForcibly().waitFor();
    }
    model.open("work");
  }

  private void killedAt(String... requests) throws Exception {
    for (String request : requests) {
      github.killedAt(request, "resume", project.onlyRun());
    }
  }

  private void mergedByARunThatIsKilled() throws Exception {
    String before = project.onlyRun();
    Path flow =
        project.file("merge.groovy", "return (yield MergePR(yield GetPR('#1'), 'squash')).status");
    github.killedAt("PUT .*/merge", "run", flow.toString());
    String run =
        project
            .conductor("ps", "--json")
            .json()
            .valueStream()
            .map(one -> one.path("id").asString())
            .filter(id -> !id.equals(before))
            .findFirst()
            .orElseThrow();
    assertThat(project.conductor("resume", run).ok().json().asString()).isEqualTo("merged");
  }

  /** The first word of the prompt of each agent's turn; each was asked for once. */
  private List<String> prompts() {
    var turns = model.realTurns();
    assertThat(turns)
        .extracting(turn -> turn.session() + turn.step())
        .as("model turns")
        .doesNotHaveDuplicates();
    return turns.stream()
        .filter(turn -> turn.step() == 0)
        .map(turn -> Arrays.asList(turn.prompt().strip().split("\\s", 2)).getFirst())
        .toList();
  }

  private void assertThatNobodySawTheToken() throws Exception {
    assertThat(TokenSearch.processes()).isEmpty();
    assertThat(TokenSearch.files(temp)).containsExactly(token);
    assertThat(sent("/me/it.git (push)")).isTrue();
    assertThat(sent("CONDUCTOR_JOB=")).isTrue();
    assertThat(model.received().stream().anyMatch(TokenSearch::isIn)).isFalse();
    assertThat(project.sh("git -C repo config --list; git -C repo remote -v"))
        .contains(github.fake.url())
        .doesNotContain("credential", "@127.0.0.1");
  }

  /** Whether an agent sent a text to the model; what it sends is too long to show. */
  private boolean sent(String text) {
    return model.received().stream().anyMatch(request -> request.contains(text));
  }
}
