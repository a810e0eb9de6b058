package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts do with pull requests of the local forge, and with evidence. */
class PullRequestEffectsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void project() throws Exception {
    project = Project.withOrigin(temp);
  }

  private static final String OPENED =
      """
      def env = yield CreateWorktree(name: 'work')
      yield WriteFile(env, 'a.txt', 'a')
      def pr = yield CreatePR(env, 'Add a')
      """;

  @Test
  void aPullRequestIsReadListedCommentedOnAndClosed() throws Exception {
    var ended =
        project.flow(
            OPENED
                + """
                yield CommentPR(pr, 'Superseded.')
                def same = [yield GetPR(pr), yield GetPR('#1'), yield GetPR(1), yield GetPR(pr.url)]
                def open = yield ListPRs()
                def closed = yield ClosePR(pr, delete_branch: true)
                return [same: same.every { it == pr }, open: open*.number, closed: closed.status.name(),
                        left: (yield ListPRs()).size(), all: (yield ListPRs(status: 'all')).size()]
                """);

    assertThat(ended.ok().json().toString())
        .isEqualTo("{\"same\":true,\"open\":[1],\"closed\":\"CLOSED\",\"left\":0,\"all\":1}");
    assertThat(project.conductor("pr", "show", "1").out()).contains("closed", "Superseded.");
    assertThat(project.sh("git -C origin.git branch")).doesNotContain("work");
  }

  @Test
  void theLocalForgeHasNeitherChecksNorReviews() throws Exception {
    var ended =
        project.flow(
            OPENED
                + """
                def checks = yield WaitForChecks(pr, check: true)
                def review = yield WaitForReview(pr)
                return [checks.passed, checks.checks, review.verdict.name(), review.comments]
                """);

    assertThat(ended.ok().json().toString()).isEqualTo("[true,[],\"NONE\",[]]");
    assertThat(ended.err()).contains("there are no checks");
  }

  @Test
  void aPullRequestThatIsNotThereIsUnknown() throws Exception {
    var ended = project.flow("return yield GetPR('#7')");

    assertThat(ended.code()).isOne();
    assertThat(ended.err()).contains("flow.groovy:1", "there is no pull request #7");
  }

  @Test
  void evidenceIsWhatTheHostSees() throws Exception {
    var ended =
        project.flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            def before = yield Verify(env)
            yield Commit(env, 'Add a')
            yield Push(env)
            def after = yield Verify(env, clean: true, ahead: true, pushed: true, command: 'cat a.txt')
            return [before.clean, before.ahead, before.facts.drop(1), after.facts.drop(1), after.command.output]
            """);

    assertThat(ended.ok().json().toString())
        .isEqualTo(
            "[false,0,[\"there are uncommitted changes\"],"
                + "[\"nothing is uncommitted\",\"origin has this commit\",\"`cat a.txt` exited with 0\"],\"a\"]");
    assertThat(ended.err()).contains("1 ahead of main");
  }

  @Test
  void whatDoesNotHoldIsNotVerified() throws Exception {
    var ended =
        project.flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            def failed = yield Try(Verify(env, clean: true, ahead: true, pushed: true, command: 'echo no; exit 3'))
            return [failed.failure.class.simpleName] + failed.failure.unmet
            """);

    assertThat(ended.ok().json().toString())
        .isEqualTo(
            "[\"NotVerified\",\"there are uncommitted changes\",\"there is no commit that the base has not\","
                + "\"origin does not have this commit\",\"`echo no; exit 3` exited with 3:\\nno\"]");
  }
}
