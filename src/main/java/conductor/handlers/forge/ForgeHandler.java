package conductor.handlers.forge;

import conductor.effect.Checks;
import conductor.effect.ForgeEffect;
import conductor.effect.ForgeEffect.ClosePR;
import conductor.effect.ForgeEffect.CommentPR;
import conductor.effect.ForgeEffect.CreatePR;
import conductor.effect.ForgeEffect.EditPR;
import conductor.effect.ForgeEffect.GetPR;
import conductor.effect.ForgeEffect.ListPRs;
import conductor.effect.ForgeEffect.MergePR;
import conductor.effect.ForgeEffect.ReadyPR;
import conductor.effect.ForgeEffect.ReopenPR;
import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.ForgeEffect.ReviewPR;
import conductor.effect.ForgeEffect.UpdatePRBranch;
import conductor.effect.ForgeEffect.WaitForChecks;
import conductor.effect.ForgeEffect.WaitForMerge;
import conductor.effect.ForgeEffect.WaitForReview;
import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import conductor.effect.PRReview;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.handlers.git.Git;
import conductor.handlers.issue.ProposedIssues;
import conductor.handlers.worktree.CheckoutRefusal;
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
import org.jspecify.annotations.Nullable;

/**
 * Handles the effects on pull requests: opens, reads, lists, merges, closes, reviews and comments
 * on them, changes, and waits for checks, reviews and merges.
 */
public final class ForgeHandler implements Handler<ForgeEffect<?>> {

  private static final int MOST = 100;
  private static final Duration CHECKS = Duration.ofHours(1);
  private static final Duration REVIEW = Duration.ofDays(7);
  private static final Duration MERGE = Duration.ofDays(7);

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
  public ForgeEffect<?> resolve(ForgeEffect<?> effect) {
    CheckoutRefusal.check(effect);
    return effect;
  }

  @Override
  public Act<?> act(ForgeEffect<?> effect) {
    return switch (effect) {
      case CreatePR create -> Act.repeatable(call -> creation.of(create, call));
      case MergePR merge ->
          Act.adoptable(
              call -> settled(forge(merge.pr(), call).merge(merge.pr(), how(merge, call)), call));
      case GetPR get -> Act.repeatable(call -> forge(get.pr().text(), call).get(get.pr()));
      case ListPRs list -> Act.repeatable(call -> listed(list, call));
      case CommentPR comment ->
          Act.adoptable(
              call -> commented(comment, forge(comment.pr(), call), call),
              call -> commented(comment, forge(comment.pr(), call).adopting(), call));
      case ClosePR close ->
          Act.adoptable(call ->
              settled(
                  forge(close.pr(), call)
                      .close(close.pr(), Boolean.TRUE.equals(close.deleteBranch())),
                  call));
      case ReadyPR ready -> Act.adoptable(call -> forge(ready.pr(), call).markReady(ready.pr()));
      case EditPR edit ->
          Act.adoptable(call -> forge(edit.pr(), call).edit(edit.pr(), changes(edit)));
      case ReopenPR reopen -> Act.adoptable(call -> forge(reopen.pr(), call).reopen(reopen.pr()));
      case UpdatePRBranch update -> Act.repeatable(call -> updated(update.pr(), call));
      case ReviewPR review ->
          Act.adoptable(
              call -> reviewed(review, forge(review.pr(), call), call),
              call -> reviewed(review, forge(review.pr(), call).adopting(), call));
      case WaitForMerge wait -> Act.adoptable(call -> merged(wait, call));
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

  private static Forge.Changes changes(EditPR edit) {
    return new Forge.Changes(
        edit.title(),
        edit.body(),
        edit.target(),
        Objects.requireNonNullElse(edit.addLabels(), List.of()),
        Objects.requireNonNullElse(edit.removeLabels(), List.of()));
  }

  /** The commit before the update is journaled first, as an update on GitHub carries no key. */
  private PRHandle updated(PRHandle pr, Call call) throws InterruptedException {
    String from =
        call.<@Nullable String>step(
            "from", Act.repeatable(step -> forge(pr, step).get(PRReference.of(pr)).head()));
    return call.step(
        "update",
        Act.adoptable(step ->
            forge(pr, step).updateBranch(pr, from, seen.heads(pr, project), step.key()).pr()));
  }

  private static String reviewed(ReviewPR review, Forge forge, Call call)
      throws InterruptedException {
    String body = Objects.requireNonNullElse(review.body(), "");
    if (body.isBlank() && review.action() != ReviewAction.APPROVE) {
      throw new ForgeFailure.NotPossible(
          review.pr().url(), "reviewed", "only an approval can do without a text");
    }
    return forge.addReview(review.pr(), review.action(), body, call.key());
  }

  private Forge forge(PRHandle pr, Call call) throws InterruptedException {
    return forge(pr.url(), call);
  }

  private Forge forge(String reference, Call call) throws InterruptedException {
    return forges.of(reference, project, waiting(call));
  }

  private Forge.Merging how(MergePR merge, Call call) throws InterruptedException {
    if (Boolean.TRUE.equals(merge.auto())) {
      if (Boolean.TRUE.equals(merge.deleteBranch())) {
        throw notPossible(merge, "auto merges it later: give delete_branch to WaitForMerge");
      }
      if (Boolean.TRUE.equals(merge.ignoreChecks())) {
        throw notPossible(merge, "auto waits for the checks that ignore_checks ignores");
      }
    }
    return new Forge.Merging(
        Objects.requireNonNullElse(merge.strategy(), MergeStrategy.MERGE),
        Boolean.TRUE.equals(merge.deleteBranch()),
        Boolean.TRUE.equals(merge.ignoreChecks()),
        call.key(),
        Boolean.FALSE.equals(merge.match()) ? Set.of() : seen.heads(merge.pr(), project),
        Boolean.TRUE.equals(merge.auto()));
  }

  private static ForgeFailure notPossible(MergePR merge, String reason) {
    return new ForgeFailure.NotPossible(merge.pr().url(), "merged so", reason);
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

  private PRHandle merged(WaitForMerge wait, Call call) throws InterruptedException {
    PRHandle pr = wait.pr();
    Forge forge = forge(pr, call);
    Duration limit = Objects.requireNonNullElse(wait.timeout(), MERGE);
    call.stillRunning();
    PRHandle merged =
        pace.await(call.askedAt().plus(limit), clock, new MergeWait(forge, pr)::look)
            .orElseThrow(() -> new ForgeFailure.ForgeTimeout(pr.url(), "the merge", limit));
    if (Boolean.TRUE.equals(wait.deleteBranch())) {
      forge.merge(
          merged, new Forge.Merging(MergeStrategy.MERGE, true, false, call.key(), Set.of(), false));
    }
    return settled(merged, call);
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
