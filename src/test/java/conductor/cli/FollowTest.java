package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeRepository.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that follow their pull requests on GitHub, and what they do with issues there. */
@Order(1)
class FollowTest extends GitHubMachine {

  /** Works on an issue; repairs one thing a round; answers comments; approves in reviews. */
  static final String AGENT =
      """
      prompt=$(cat)
      case "$prompt" in
        *"Checks of your pull request"*) echo repair >> $LEDGER; echo x >> repairs.txt
          case "$prompt" in *"expected 2 repairs"*) echo told >> $LEDGER ;; esac ;;
        *"was reviewed"*) echo answer >> $LEDGER; echo y >> answered.txt
          id=$(printf '%s' "$prompt" | sed -nE 's/^# ((comment|conversation):[0-9]+) by.*/\\1/p' | head -n 1)
          printf '{"answers": [{"id": "%s", "answer": "Renamed it."}]}' "$id"; exit 0 ;;
        *"Review this change"*) echo review >> $LEDGER
          printf '{"approved": true, "objections": []}'; exit 0 ;;
        *) echo work >> $LEDGER; echo a > a.txt ;;
      esac
      echo done
      """;

  @BeforeEach
  void begin() throws Exception {
    github.agent(AGENT);
  }

  /** Checks that pass once a file of the pushed commit has two lines. */
  static List<Check> twoRepairs(OnGitHub github, String commit) {
    int lines = github.lines(commit, "repairs.txt");
    return List.of(
        new Check("lint", "success", ""),
        lines >= 2
            ? new Check("build", "success", "")
            : new Check("build", "failure", "expected 2 repairs, found " + lines));
  }

  private String opened() throws Exception {
    return project
        .flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            return yield CreatePR(env, 'Add a')
            """)
        .ok()
        .json()
        .path("url")
        .asString();
  }

  @Test
  void ciFixRepairsUntilTheChecksPass() throws Exception {
    github.repository.runner = commit -> twoRepairs(github, commit);
    String url = opened();

    var fixed = project.conductor("run", "ci_fix", "--param", "pr=#1");

    assertThat(fixed.ok().json().toString())
        .isEqualTo(
            "{\"pr\":\"%s\",\"passed\":true,\"checks\":[\"build\",\"lint\"]}".formatted(url));
    assertThat(project.ledger()).containsExactly("repair", "told", "repair", "told");
    assertThat(github.repository.pulls()).isOne();
    assertThat(fixed.err()).contains("repairing what checks found, round 2 of 3");
  }

  @Test
  void ciFixFailsWhenTheRoundsAreUsedUp() throws Exception {
    github.repository.runner = _ -> List.of(new Check("build", "failure", "never"));
    opened();

    var ended = project.conductor("run", "ci_fix", "--param", "pr=1", "--param", "max_rounds=1");

    assertThat(ended.code()).isOne();
    assertThat(ended.err()).contains("ChecksFailed", "failed: build");
    assertThat(project.ledger()).containsExactly("repair");
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic_pr", "enforced_pr", "reviewed_pr"})
  void checksAndReviewsGoBackToTheAgentAndEachIsAnswered(String template) throws Exception {
    github.repository.runner = commit -> twoRepairs(github, commit);
    Process process = project.start(github.following(template));
    try {
      github.await(process, () -> github.fake.requests("GET .*/pulls/1/reviews").size() > 0);
      github.await(process, () -> status().equals("blocked"));
      github.repository.review(1, "ann", "CHANGES_REQUESTED", "", "a.txt:1: Bad name.");
      github.await(process, () -> github.repository.replies(1).size() == 1);
      github.await(process, () -> github.repository.comments(1).size() == 1);
      github.repository.review(1, "ann", "APPROVED", "Fine now.");
      assertThat(process.waitFor()).as(github.log()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(github.repository.replies(1).getFirst()).startsWith("Renamed it.");
    assertThat(github.repository.comments(1).getFirst()).startsWith("Dealt with in ");
    assertThat(project.ledger().stream().filter(line -> line.equals("repair"))).hasSize(2);
    assertThat(project.ledger().stream().filter(line -> line.equals("answer"))).hasSize(1);
    assertThat(github.files()).isEqualTo("README.md\na.txt\nanswered.txt\nrepairs.txt");
    assertThat(github.repository.body(1)).contains("nothing is uncommitted", "1 ahead of main");
  }

  private String status() {
    return project.conductor("ps", "--json").json().get(0).path("status").asString();
  }

  @Test
  void whatAPersonSaysInTheConversationIsAnsweredOnceAlthoughConductorIsKilledMeanwhile()
      throws Exception {
    github.repository.runner = _ -> List.of(new Check("build", "success", ""));
    github.killedAt("POST .*/pulls", github.following("basic_pr"));
    String[] resume = {"resume", project.onlyRun()};
    github.repository.says(1, "ann", "MEMBER", "Please rename it.");
    github.killedAt("POST .*/issues/1/comments", resume);
    github.repository.review(1, "ann", "APPROVED", "");

    project.conductor(resume).ok();

    assertThat(project.ledger()).containsExactly("work", "answer");
    assertThat(github.repository.comments(1)).hasSize(2);
    assertThat(github.repository.comments(1).getLast()).startsWith("Renamed it.");
  }

  @Test
  void anIssueOfGitHubIsWorkedOnAndResolvedThere() throws Exception {
    int number = github.repository.issue("Do it", "Please.", "bug");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree(issue: issue)
            yield RunAgent(env: env, prompt: issue.body)
            def pr = yield CreatePR(env, issue.title)
            def again = yield GetIssue("#%1$d")
            def done = yield ResolveIssue(issue, result: 'Done.', pr_url: pr.url)
            return [issue.id, again.labels, done.status.name()]
            """
                .formatted(number));

    var ended = project.conductor("run", flow.toString(), "--issue", "#" + number).ok();

    assertThat(ended.json().toString()).isEqualTo("[\"#1\",[\"bug\"],\"RESOLVED\"]");
    assertThat(github.repository.isOpen(number)).isFalse();
    assertThat(github.repository.comments(number).getFirst())
        .contains("Resolved by " + github.fake.url() + "/me/it/pull/2", "Done.");
  }

  @Test
  void anImportedIssueIsInTheVaultOnceAndResolvedInBothPlaces() throws Exception {
    github.repository.issue("Do it", "Please.", "bug");

    String first = project.conductor("issue", "import", "#1").ok().out();
    String second = project.conductor("issue", "import", "me/it#1").ok().out();
    project.flow("return yield ResolveIssue(yield GetIssue('ISSUE-001'))").ok();

    assertThat(first).isEqualTo(second).startsWith("ISSUE-001").contains("Do it", "bug");
    assertThat(github.repository.isOpen(1)).isFalse();
    assertThat(project.conductor("issue", "show", "ISSUE-001").out()).contains("resolved");
    assertThat(project.conductor("issue", "import", "ISSUE-001").code()).isEqualTo(Exit.USAGE);
    var missing = project.conductor("run", "basic_pr", "--issue", "#77");
    assertThat(missing.code()).isEqualTo(Exit.USAGE);
    assertThat(missing.err().toLowerCase(Locale.ROOT)).contains("there is no issue '#77'", "me/it");
  }
}
