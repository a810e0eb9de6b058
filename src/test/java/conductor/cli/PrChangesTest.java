package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeRepository;
import conductor.handlers.forge.github.MergeQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands and effects that change pull requests, at GitHub and on this host. */
class PrChangesTest extends GitHubMachine {

  private static final FakeRepository.Check PASSED =
      new FakeRepository.Check("build", "success", "");

  private static final String DRAFT =
      """
      def env = yield CreateWorktree(name: 'work')
      yield WriteFile(env, 'b.txt', 'b')
      def pr = yield CreatePR(env, 'Add b', draft: true)
      """;

  private static final String PUSHED =
      "git clone -q -b %2$s %1$s ../o && cd ../o && echo c > c.txt && git add . && git commit -qm c && git push -q";

  private Project.Result pr(String... words) {
    return project.conductor(
        Stream.concat(Stream.of("pr"), Stream.of(words)).toArray(String[]::new));
  }

  private String pushed(String branch) {
    return PUSHED.formatted(github.bare, branch);
  }

  @Test
  void aPullRequestAtGitHubIsChangedReviewedAndReopened() throws Exception {
    github.proposed("one");
    project.sh("mkdir -p x && cd x && " + pushed("main"));
    String url = github.fake.url() + "/me/it/pull/1";

    assertThat(pr("edit", "1", "--title", "Other", "--add-label", "a,b").ok().out())
        .isEqualTo("changed " + url + "\n");
    pr("edit", "1", "--remove-label", "a", "--body", "New.").ok();
    assertThat(pr("update-branch", "1").ok().out()).isEqualTo("updated " + url + "\n");
    assertThat(pr("update-branch", "1").ok().out()).startsWith("has all of its target");
    pr("review", "1", "--request-changes", "--body", "No.").ok();
    assertThat(pr("review", "1", "--approve").ok().out()).contains("#pullrequestreview-");
    pr("close", "1").ok();
    assertThat(pr("reopen", "1").ok().out()).isEqualTo("open " + url + "\n");
    assertThat(pr("ready", "1", "--json").ok().json().path("status").asString())
        .isEqualToIgnoringCase("open");

    assertThat(pr("show", "1").ok().out())
        .contains("Other", "labels  b", "New.", "changes requested", "approved")
        .doesNotContain("<!--");
    assertThat(github.repository.reviewed(1, "CHANGES_REQUESTED")).isTrue();
    assertThat(project.sh("git -C %s show one:c.txt".formatted(github.bare))).isEqualTo("c");
  }

  @Test
  void whatGitHubMergesByItselfIsMergedWhenItsChecksPass() throws Exception {
    github.repository.required.add("build");
    github.proposed("one");

    assertThat(pr("merge", "1", "--auto").ok().out()).startsWith("will be merged: ");
    assertThat(github.repository.isOpen(1)).isTrue();
    github.repository.begin(PASSED);
    assertThat(pr("merge", "1", "--auto", "--strategy", "squash").ok().out()).startsWith("merged ");
  }

  @Test
  void wrongWordsAreUsageErrors() throws Exception {
    github.proposed("one");
    String[][] calls = {
      {"edit", "1"},
      {"edit", "1", "--title", " "},
      {"review", "1"},
      {"review", "1", "--approve", "--comment", "--body", "x"},
      {"review", "1", "--comment"},
      {"merge", "1", "--auto", "--delete-branch"},
      {"ready", "7"},
      {"reopen", "seven"}
    };
    for (String[] call : calls) {
      Project.Result result = pr(call);
      assertThat(result.code()).as(String.join(" ", call)).isEqualTo(Exit.USAGE);
      assertThat(result.err()).isNotBlank().doesNotContain("Exception");
    }
    assertThat(github.fake.requests("(POST|PUT|PATCH|DELETE) .*/api/.*")).isEmpty();
  }

  @Test
  void aRunChangesItsPullRequestAndWaitsForTheMerge() throws Exception {
    github.repository.required.add("build");
    String flow =
        DRAFT
            + """
            pr = yield ReadyPR(pr)
            pr = yield EditPR(pr, title: 'Add c', add_labels: ['x'], remove_labels: ['y'])
            yield ReviewPR(pr, 'comment', body: 'Mine.')
            yield ClosePR(pr)
            yield ReopenPR(pr)
            yield Exec('%s', env: env, check: true)
            pr = yield UpdatePRBranch(pr)
            yield MergePR(pr, auto: true)
            def merged = yield WaitForMerge(pr, timeout: '1m', delete_branch: true)
            return [merged.status.name(), merged.title]
            """
                .formatted(pushed("main"));
    github.repository.people =
        () -> {
          if (github.repository.pulls() == 1 && github.repository.isAwaited(1)) {
            github.repository.begin(PASSED);
          }
        };

    assertThat(project.flow(flow).ok().json().toString()).isEqualTo("[\"MERGED\",\"Add c\"]");
    assertThat(github.repository.labels(1)).containsExactly("x");
    assertThat(project.sh("git -C %s branch".formatted(github.bare))).isEqualTo("* main");
  }

  @Test
  void whatContradictsItselfIsNotPossible() throws Exception {
    github.proposed("one");
    String flow =
        """
        def said = []
        for (Closure act in [
            { yield MergePR(yield(GetPR('1')), auto: true, delete_branch: true) },
            { yield MergePR(yield(GetPR('1')), auto: true, ignore_checks: true) },
            { yield ReviewPR(yield(GetPR('1')), 'request_changes') }]) {
          try { act() } catch (NotPossible e) { said << e.act }
        }
        return said
        """;

    assertThat(project.flow(flow).ok().json().toString())
        .isEqualTo("[\"merged so\",\"merged so\",\"reviewed\"]");
    assertThat(github.repository.isOpen(1)).isTrue();
  }

  @Test
  void aPullRequestOfThisHostIsChangedToo() throws Exception {
    project.sh("git -C repo remote remove origin");
    project.configure("forge: {type: local}");
    project.flow(DRAFT).ok();
    project.sh(project.repo, "echo c > c.txt; git add c.txt; git commit -q -m c");

    assertThat(pr("ready", "1").ok().out()).startsWith("ready ");
    pr("edit", "1", "--title", "Other", "--body", "New.", "--add-label", "a,b").ok();
    assertThat(pr("update-branch", "1").ok().out()).startsWith("updated ");
    Project.Result review = pr("review", "1", "--approve");
    pr("close", "1").ok();
    pr("reopen", "1").ok();

    assertThat(review.code()).isOne();
    assertThat(review.err()).contains("without reviews", "pr comment").doesNotContain("Exception");
    assertThat(pr("show", "1").ok().out()).contains("open", "Other", "labels  a, b", "New.");
    assertThat(pr("merge", "1", "--auto").ok().out()).startsWith("merged ");
    assertThat(project.sh(project.repo, "ls")).contains("b.txt", "c.txt");
    assertThat(pr("reopen", "1").err()).contains("cannot be reopened: it was merged");
  }

  @Test
  void leavingTheMergeQueueEndsTheWaitWithTheReason() throws Exception {
    github.repository.mergeQueue = true;
    var queue = new MergeQueue(github.repository);
    github.repository.people =
        () -> {
          if (github.fake.requests("POST .*/graphql").size() > 3) {
            queue.drop(1, "failed_checks");
          }
        };

    Project.Result ended =
        project.flow(
            DRAFT
                + """
                pr = yield MergePR(yield(ReadyPR(pr)), auto: true)
                try {
                  yield WaitForMerge(pr, timeout: '10m')
                } catch (NotMergeable e) {
                  return e.reason
                }
                """);

    assertThat(ended.ok().out()).isEqualTo("it left the merge queue: failed_checks\n");
    assertThat(github.repository.isOpen(1)).isTrue();
  }

  /** Law 5. */
  @Test
  void anUpdateIsAdoptedThoughTheTargetMovedAfterTheKill() throws Exception {
    String flow =
        DRAFT
            + """
            yield Exec('%s', env: env, check: true)
            pr = yield UpdatePRBranch(pr)
            return pr.head
            """
                .formatted(pushed("main"));
    github.killedAt("PUT .*/update-branch", "run", project.file("flow.groovy", flow).toString());
    project.sh("mkdir y && cd y && " + pushed("main").replace("c.txt", "d.txt"));

    String head = project.conductor("resume", project.onlyRun()).ok().out().strip();

    assertThat(head).isEqualTo(github.repository.head(1));
    assertThat(github.fake.requests("PUT .*/update-branch")).hasSize(1);
  }

  @Test
  void killedAtEachChangeDoesNoneTwice() throws Exception {
    github.repository.required.add("build");
    project.sh("git -C %s branch next main".formatted(github.bare));
    String flow =
        DRAFT
            + """
            yield ReadyPR(pr)
            yield EditPR(pr, title: 'Add c', add_labels: ['x', 'y'])
            yield EditPR(pr, remove_labels: ['y'])
            yield ReviewPR(pr, 'comment', body: 'Mine.')
            yield ClosePR(pr)
            yield ReopenPR(pr)
            yield EditPR(pr, target: 'next')
            yield Exec('%s', env: env, check: true)
            pr = yield UpdatePRBranch(pr)
            yield MergePR(pr, auto: true)
            return pr.number
            """
                .formatted(pushed("next"));
    String[] acts = {
      "POST .*/graphql",
      "PATCH .*/pulls/1",
      "POST .*/labels",
      "DELETE .*/labels/y",
      "POST .*/reviews",
      "PATCH .*/pulls/1",
      "PATCH .*/pulls/1",
      "PATCH .*/pulls/1",
      "PUT .*/update-branch",
    };
    String[] next = {"run", project.file("flow.groovy", flow).toString()};
    for (String act : acts) {
      github.killedAt(act, next);
      next = new String[] {"resume", project.onlyRun()};
    }

    assertThat(project.conductor(next).ok().out().strip()).isEqualTo("1");
    assertThat(github.repository.isAwaited(1)).isTrue();
    assertThat(github.repository.labels(1)).containsExactly("x");
    assertThat(github.fake.requests("POST .*/pulls")).hasSize(1);
    assertThat(github.fake.requests("POST .*/reviews")).hasSize(1);
    assertThat(github.fake.requests("DELETE .*/labels/y")).hasSize(1);
    assertThat(github.fake.requests("PATCH .*")).hasSize(4);
    assertThat(github.fake.requests("PUT .*/update-branch")).hasSize(1);
  }
}
