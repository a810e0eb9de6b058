package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeGitHub;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Runs that are killed between a request to GitHub and its answer: law 5. */
class GitHubKillTest extends GitHubMachine {

  private static final String FLOW =
      """
      def env = yield CreateWorktree(name: 'work')
      yield RunAgent(env: env, prompt: 'work')
      def pr = yield CreatePR(env, 'Add it', labels: ['new'], reviewers: ['ann'])
      yield CommentPR(pr, 'Look.')
      yield MergePR(pr, 'merge', delete_branch: true)
      return pr.number
      """;

  private String log() throws Exception {
    return Files.readString(project.root.resolve("err"));
  }

  @Test
  void killedAtEachActLeavesOnePullRequestOneCommentAndOneMerge() throws Exception {
    String[] acts = {
      "POST .*/git-receive-pack",
      "POST .*/pulls",
      "POST .*/labels",
      "POST .*/requested_reviewers",
      "POST .*/comments",
      "PUT .*/merge",
      "DELETE .*/refs/heads/.*"
    };
    String flow = project.file("flow.groovy", FLOW).toString();
    String[] next = {"run", flow};
    for (String act : acts) {
      github.killedAt(act, next);
      next = new String[] {"resume", project.onlyRun()};
    }

    assertThat(project.conductor(next).ok().out().strip()).isEqualTo("1");
    assertThat(project.ledger()).containsExactly("ran");
    assertThat(github.repository.pulls()).isOne();
    assertThat(github.repository.comments(1)).hasSize(1);
    assertThat(github.repository.labels(1)).containsExactly("new");
    assertThat(github.repository.reviewers(1)).containsExactly("ann");
    assertThat(project.sh("git -C %s rev-list --count --merges main".formatted(github.bare)))
        .isEqualTo("1");
    assertThat(github.fake.requests("POST .*/pulls")).hasSize(1);
    assertThat(github.fake.requests("PUT .*/merge")).hasSize(1);
  }

  @Test
  void aRateLimitIsWaitedOutVisiblyAcrossARestart() throws Exception {
    String flow = project.file("flow.groovy", FLOW).toString();
    Instant hour = Instant.now().plusSeconds(3600);
    github.fake.plan("POST .*/pulls", FakeGitHub.rateLimit(hour));

    Process first = project.start("run", flow);
    try {
      github.fake.await(
          () -> !first.isAlive() || github.fake.requests("POST .*/pulls").size() == 1);
      Project.await(project.root.resolve("err"), first::isAlive);
      while (!log().contains("limits how often")) {
        assertThat(first.isAlive()).as(log()).isTrue();
        Thread.onSpinWait();
      }
    } finally {
      first.destroyForcibly().waitFor();
    }
    String run = project.onlyRun();
    assertThat(project.conductor("show", run).out()).contains("waiting until");

    github.fake.plan("GET .*/pulls", FakeGitHub.rateLimit(Instant.now().plusSeconds(2)));
    var ended = project.conductor("resume", run);

    assertThat(ended.ok().out().strip()).isEqualTo("1");
    assertThat(ended.err()).contains("limits how often");
    assertThat(github.repository.pulls()).isOne();
  }
}
