package conductor.handlers.forge;

import conductor.effect.Checks;
import conductor.effect.ForgeEffect;
import conductor.effect.ForgeEffect.ClosePR;
import conductor.effect.ForgeEffect.CommentPR;
import conductor.effect.ForgeEffect.CreatePR;
import conductor.effect.ForgeEffect.GetPR;
import conductor.effect.ForgeEffect.ListPRs;
import conductor.effect.ForgeEffect.MergePR;
import conductor.effect.ForgeEffect.WaitForChecks;
import conductor.effect.ForgeEffect.WaitForReview;
import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRReview;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.handlers.git.Git;
import conductor.handlers.issue.ProposedIssues;
import conductor.handlers.worktree.Commits;
import conductor.handlers.worktree.Pushes;
import conductor.handlers.worktree.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Handles the effects on pull requests: opens, reads, lists, merges, closes and comments on them,
 * and waits for checks and reviews.
 */
public final class ForgeHandler implements Handler<ForgeEffect<?>> {

  private static final int MOST = 100;
  private static final Duration CHECKS = Duration.ofHours(1);
  private static final Duration REVIEW = Duration.ofDays(7);

  private final Forges forges;
  private final Creation creation;
  private final SeenPullRequests seen;
  private final ProposedIssues issues;
  private final Git project;
  private final Pace pace;
  private final InstantSource clock;

  /**
   * @param project git in the directory that the run was started in
   * @param pulls the run's directory for records of the pull requests that it saw
   * @param issues the issues that pull requests are opened for
   */
  public ForgeHandler(
      Forges forges,
      Commits commits,
      Pushes pushes,
      Targets targets,
      Git project,
      Path pulls,
      ProposedIssues issues,
      Pace pace,
      InstantSource clock) {
    this.forges = forges;
    this.seen = new SeenPullRequests(pulls);
    this.creation = new Creation(forges, commits, pushes, targets, seen, issues);
    this.issues = issues;
    this.project = project;
    this.pace = pace;
    this.clock = clock;
  }

  /** Returns a receiver of messages about waiting for the forge, which passes them to a call. */
  static Consumer<String> waiting(Call call) {
    return line -> {
      call.stillRunning();
      call.say(line);
    };
  }

  @Override
  public Act<?> act(ForgeEffect<?> effect) {
    return switch (effect) {
      case CreatePR create -> Act.repeatable(call -> creation.of(create, call));
      case MergePR merge ->
          Act.adoptable(call ->
              settled(forge(merge.pr().url(), call).merge(merge.pr(), how(merge, call)), call));
      case GetPR get -> Act.repeatable(call -> forge(get.pr().text(), call).get(get.pr()));
      case ListPRs list -> Act.repeatable(call -> listed(list, call));
      case CommentPR comment ->
          Act.adoptable(
              call -> commented(comment, forge(comment.pr().url(), call), call),
              call -> commented(comment, forge(comment.pr().url(), call).adopting(), call));
      case ClosePR close ->
          Act.adoptable(call ->
              settled(
                  forge(close.pr().url(), call)
                      .close(close.pr(), Boolean.TRUE.equals(close.deleteBranch())),
                  call));
      case WaitForChecks wait -> Act.adoptable(call -> checked(wait, call));
      case WaitForReview wait -> Act.adoptable(call -> reviewed(wait, call));
    };
  }

  private String commented(CommentPR comment, Forge forge, Call call) throws InterruptedException {
    String url = forge.comment(comment.pr(), comment.body(), comment.replyTo(), call.key());
    if (comment.replyTo() != null) {
      seen.answered(comment.pr().url(), comment.replyTo());
    }
    return url;
  }

  /** Resolves the issues that a pull request was opened for, if it is merged now. */
  private PRHandle settled(PRHandle pr, Call call) throws InterruptedException {
    if (pr.status() == PRHandle.Status.MERGED) {
      issues.merged(pr.url(), call::say);
    }
    return pr;
  }

  private Forge forge(String reference, Call call) throws InterruptedException {
    return forges.of(reference, project, waiting(call));
  }

  private Forge.Merging how(MergePR merge, Call call) throws InterruptedException {
    return new Forge.Merging(
        Objects.requireNonNullElse(merge.strategy(), MergeStrategy.MERGE),
        Boolean.TRUE.equals(merge.deleteBranch()),
        Boolean.TRUE.equals(merge.ignoreChecks()),
        call.key(),
        Boolean.FALSE.equals(merge.match()) ? Set.of() : seen.heads(merge.pr(), project));
  }

  private List<PRHandle> listed(ListPRs list, Call call) throws InterruptedException {
    Git git = list.repo() == null ? project : project.at(project.directory().resolve(list.repo()));
    var wanted =
        new Forge.Wanted(
            Objects.requireNonNullElse(list.status(), ForgeEffect.Selection.OPEN),
            list.branch(),
            list.target(),
            Objects.requireNonNullElse(list.limit(), MOST));
    return forges.of(git, waiting(call)).list(wanted);
  }

  private Checks checked(WaitForChecks wait, Call call) throws InterruptedException {
    String url = wait.pr().url();
    Forge forge = forge(url, call);
    Duration limit = Objects.requireNonNullElse(wait.timeout(), CHECKS);
    call.stillRunning();
    var checking = new CheckWait(forge, wait.pr(), clock);
    Checks checks =
        pace.await(call.askedAt().plus(limit), clock, checking::look)
            .orElseThrow(() -> new ForgeFailure.ForgeTimeout(url, checking.awaited(), limit));
    seen.judged(checks.pr());
    if (checks.checks().isEmpty()) {
      call.say("there are no checks");
    }
    if (Boolean.TRUE.equals(wait.check()) && !checks.passed()) {
      throw new ForgeFailure.ChecksFailed(url, checks.failed());
    }
    return checks;
  }

  private PRReview reviewed(WaitForReview wait, Call call) throws InterruptedException {
    String url = wait.pr().url();
    Forge forge = forge(url, call);
    Duration limit = Objects.requireNonNullElse(wait.timeout(), REVIEW);
    call.stillRunning();
    call.waitsForPerson("a review of " + url);
    PRReview review =
        pace.await(
                call.askedAt().plus(limit),
                clock,
                () -> forge.review(wait.pr(), Set.copyOf(seen.answers(url))))
            .orElseThrow(() -> new ForgeFailure.ForgeTimeout(url, "a review", limit));
    call.waitsForPerson("");
    settled(review.pr(), call);
    return review;
  }
}
