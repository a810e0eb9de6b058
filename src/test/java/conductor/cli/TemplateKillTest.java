package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeRepository.Check;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates that are killed between each request that changes GitHub and its answer: law 5. */
@Order(1)
class TemplateKillTest extends GitHubMachine {

  @BeforeEach
  void begin() throws Exception {
    github.agent(FollowTest.AGENT);
  }

  @ParameterizedTest
  @CsvSource({
    "basic_pr,    work repair answer",
    "enforced_pr, work repair answer",
    "reviewed_pr, work review repair answer"
  })
  void paysForEachTurnAndAnswersEachCommentOnce(String template, String turns) throws Exception {
    github.repository.runner = commit -> List.of(build(commit));
    String[] acts = {
      "POST .*/git-receive-pack",
      "POST .*/pulls",
      "POST .*/git-receive-pack",
      "POST .*/git-receive-pack",
      "POST .*/issues/1/comments",
      "POST .*/replies"
    };
    String[] next = github.following(template);
    for (String act : acts) {
      github.killedAt(act, next);
      next = new String[] {"resume", project.onlyRun()};
      if (act.endsWith("pulls")) {
        github.repository.review(1, "ann", "CHANGES_REQUESTED", "", "a.txt:1: Bad name.");
      }
    }
    github.repository.review(1, "ann", "APPROVED", "");

    project.conductor(next).ok();

    assertThat(project.ledger()).containsExactly(turns.split(" ", -1));
    assertThat(github.repository.pulls()).isOne();
    assertThat(github.fake.requests("POST .*/pulls")).hasSize(1);
    assertThat(github.repository.replies(1)).hasSize(1);
    assertThat(github.repository.comments(1)).hasSize(1);
    assertThat(commits()).isEqualTo(3);
  }

  private Check build(String commit) {
    boolean repaired = github.lines(commit, "repairs.txt") > 0;
    return new Check("build", repaired ? "success" : "failure", "broken");
  }

  /** How many commits the only other branch has more than the target, at GitHub. */
  private int commits() throws Exception {
    return Integer.parseInt(
        project.sh("git -C %s rev-list --count --branches --not main".formatted(github.bare)));
  }

  @Test
  void ciFixPushesEachOfItsRepairsOnce() throws Exception {
    github.repository.runner = commit -> FollowTest.twoRepairs(github, commit);
    github.proposed("work");
    String[] next = {"run", "ci_fix", "--param", "pr=1"};
    for (int repair = 1; repair <= 2; repair++) {
      github.killedAt("POST .*/git-receive-pack", next);
      next = new String[] {"resume", project.onlyRun()};
    }

    assertThat(project.conductor(next).ok().json().path("passed").asBoolean()).isTrue();

    assertThat(project.ledger()).containsExactly("repair", "told", "repair", "told");
    assertThat(github.repository.pulls()).isOne();
    assertThat(commits()).isEqualTo(3);
    assertThat(project.sh("git -C %s branch".formatted(github.bare))).isEqualTo("* main\n  work");
  }
}
