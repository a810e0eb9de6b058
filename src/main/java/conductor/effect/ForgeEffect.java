package conductor.effect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects on pull requests. */
public sealed interface ForgeEffect<R extends @Nullable Object> extends Effect<R> {

  /** Opens a pull request for a worktree's branch. */
  @About(
      value =
          "Commits what is uncommitted, pushes what the remote lacks, and opens a pull request. An open one for the same branch is"
              + " taken as it is. No difference from the target is NothingToPropose.",
      example = "def pr = yield CreatePR(env: env, title: issue.title)")
  record CreatePR(
      @About("the worktree") @Place(kept = true) WorktreeEnv env,
      @About("the title; also the message of a commit it has to make") String title,
      @About("the text, in markdown") @Nullable String body,
      @About("the branch it is proposed for; default: the one the worktree came from")
          @Nullable String target,
      @About("open it as a draft; default: false") @Nullable Boolean draft,
      @About("labels to put on it") @Nullable List<String> labels,
      @About("who is asked for a review; 'org/team' for a team") @Nullable List<String> reviewers,
      @About("the issue that the merge closes; default: the one the worktree was made for")
          @Nullable Issue issue)
      implements ForgeEffect<PRHandle> {
    public CreatePR withBody(String body) {
      return new CreatePR(env, title, body, target, draft, labels, reviewers, issue);
    }

    public CreatePR withTarget(String target) {
      return new CreatePR(env, title, body, target, draft, labels, reviewers, issue);
    }

    public CreatePR withDraft(Boolean draft) {
      return new CreatePR(env, title, body, target, draft, labels, reviewers, issue);
    }

    public CreatePR withLabels(List<String> labels) {
      return new CreatePR(env, title, body, target, draft, labels, reviewers, issue);
    }

    public CreatePR withReviewers(List<String> reviewers) {
      return new CreatePR(env, title, body, target, draft, labels, reviewers, issue);
    }

    public CreatePR withIssue(Issue issue) {
      return new CreatePR(env, title, body, target, draft, labels, reviewers, issue);
    }
  }

  /** Merges a pull request. */
  @About(
      value =
          "Merges a pull request at the commit that the run saw, and replies with it as it then is. Waits until the forge knows whether it can be merged; conflicts,"
              + " required checks that failed or have not ended, and commits that came in unseen are NotMergeable.",
      example = "yield MergePR(pr, strategy: 'squash')")
  record MergePR(
      @About("the pull request") PRHandle pr,
      @About("merge (default), squash or rebase") @Nullable MergeStrategy strategy,
      @About("delete the branch after the merge; default: false") @Nullable Boolean deleteBranch,
      @About("merge although required checks failed; default: false")
          @Nullable Boolean ignoreChecks,
      @About(
              "merge only a commit that this run saw: that of the handle, that of its last WaitForChecks, or one that it made or pushed; default: true")
          @Nullable Boolean match,
      @About(
              "have the forge merge it once all that the target branch asks for is there, or put it into the merge queue, and reply at once; WaitForMerge waits for it; default: false")
          @Nullable Boolean auto)
      implements ForgeEffect<PRHandle> {
    public MergePR withStrategy(MergeStrategy strategy) {
      return new MergePR(pr, strategy, deleteBranch, ignoreChecks, match, auto);
    }

    public MergePR withDeleteBranch(Boolean deleteBranch) {
      return new MergePR(pr, strategy, deleteBranch, ignoreChecks, match, auto);
    }

    public MergePR withIgnoreChecks(Boolean ignoreChecks) {
      return new MergePR(pr, strategy, deleteBranch, ignoreChecks, match, auto);
    }

    public MergePR withMatch(Boolean match) {
      return new MergePR(pr, strategy, deleteBranch, ignoreChecks, match, auto);
    }

    public MergePR withAuto(Boolean auto) {
      return new MergePR(pr, strategy, deleteBranch, ignoreChecks, match, auto);
    }
  }

  /** Reads a pull request. */
  @About(value = "Reads a pull request as it stands now.", example = "def pr = yield GetPR('#42')")
  record GetPR(@About("a pull request, its number or its url") PRReference pr)
      implements ForgeEffect<PRHandle> {}

  /** Finds pull requests. */
  @About(
      value = "Lists the pull requests of the repository, newest first.",
      example = "def open = yield ListPRs()")
  record ListPRs(
      @About("open (default), closed, merged or all") @InJava(positional = true)
          @Nullable Selection status,
      @About("only the one of this branch") @Nullable String branch,
      @About("only those for this branch") @Nullable String target,
      @About("at most this many; default: 100") @Nullable Integer limit,
      @About("a directory of the repository; default: where the run was started")
          @Nullable Path repo)
      implements ForgeEffect<List<PRHandle>> {
    public ListPRs withStatus(Selection status) {
      return new ListPRs(status, branch, target, limit, repo);
    }

    public ListPRs withBranch(String branch) {
      return new ListPRs(status, branch, target, limit, repo);
    }

    public ListPRs withTarget(String target) {
      return new ListPRs(status, branch, target, limit, repo);
    }

    public ListPRs withLimit(Integer limit) {
      return new ListPRs(status, branch, target, limit, repo);
    }

    public ListPRs withRepo(Path repo) {
      return new ListPRs(status, branch, target, limit, repo);
    }
  }

  /** Comments on a pull request. */
  @About(
      value = "Comments on a pull request, once; replies with the comment's url.",
      example = "yield CommentPR(pr, 'Rebased on main.')")
  record CommentPR(
      @About("the pull request") PRHandle pr,
      @About("the text, in markdown") String body,
      @About("the id of a comment of WaitForReview that it answers") @Nullable String replyTo)
      implements ForgeEffect<String> {
    public CommentPR withReplyTo(String replyTo) {
      return new CommentPR(pr, body, replyTo);
    }
  }

  /** Closes a pull request. */
  @About(
      value =
          "Closes a pull request without merging it, and replies with it as it then is. One that was merged stays as it is.",
      example = "yield ClosePR(pr, delete_branch: true)")
  record ClosePR(
      @About("the pull request") PRHandle pr,
      @About("delete the branch; default: false") @Nullable Boolean deleteBranch)
      implements ForgeEffect<PRHandle> {
    public ClosePR withDeleteBranch(Boolean deleteBranch) {
      return new ClosePR(pr, deleteBranch);
    }
  }

  /** Waits for the checks of a pull request. */
  @About(
      value =
          "Waits until the checks of a pull request's last commit have ended, those that are required are there and no more come,"
              + " and replies with their conclusions and the ends of the logs of those that failed. A forge without checks, such as the local one, replies with none.",
      example = "def checks = yield WaitForChecks(pr, timeout: '30m')")
  record WaitForChecks(
      @About("the pull request") PRHandle pr,
      @About("the longest to wait; default: 1 h") @Nullable Duration timeout,
      @About("a check that fails is ChecksFailed; default: false") @Nullable Boolean check)
      implements ForgeEffect<Checks> {
    public WaitForChecks withTimeout(Duration timeout) {
      return new WaitForChecks(pr, timeout, check);
    }

    public WaitForChecks withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }

    public WaitForChecks withCheck(Boolean check) {
      return new WaitForChecks(pr, timeout, check);
    }
  }

  /** Waits for a review of a pull request. */
  @About(
      value =
          "Waits until a pull request is approved, changes are asked for, or there are comments, of a review or in the conversation,"
              + " that nobody answered; or until it was merged or closed. The run is blocked meanwhile. A forge without reviews,"
              + " such as the local one, replies with none.",
      example = "def review = yield WaitForReview(pr, timeout: '2d')")
  record WaitForReview(
      @About("the pull request") PRHandle pr,
      @About("the longest to wait; default: 7 d") @Nullable Duration timeout)
      implements ForgeEffect<PRReview> {
    public WaitForReview withTimeout(Duration timeout) {
      return new WaitForReview(pr, timeout);
    }

    public WaitForReview withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }
  }

  /** Marks a draft as ready for review. */
  @About(
      value =
          "Marks a draft as ready for review, and replies with it as it then is. One that is ready, or merged, stays as it is.",
      example = "yield ReadyPR(pr)")
  record ReadyPR(@About("the pull request") PRHandle pr) implements ForgeEffect<PRHandle> {}

  /** Changes what a pull request says, or where it is to go. */
  @About(
      value =
          "Changes title, text, target or labels of a pull request, and replies with it as it then is. What is not given stays.",
      example = "yield EditPR(pr, title: 'Greet people', add_labels: ['ui'])")
  record EditPR(
      @About("the pull request") PRHandle pr,
      @About("the new title") @Nullable String title,
      @About("the new text, in markdown") @Nullable String body,
      @About("the branch it is to be merged into") @Nullable String target,
      @About("labels to put on it") @Nullable List<String> addLabels,
      @About("labels to take off it") @Nullable List<String> removeLabels)
      implements ForgeEffect<PRHandle> {

    public EditPR {
      if (title != null && title.isBlank()) {
        throw new IllegalArgumentException("the title is blank");
      }
    }

    public EditPR withTitle(String title) {
      return new EditPR(pr, title, body, target, addLabels, removeLabels);
    }

    public EditPR withBody(String body) {
      return new EditPR(pr, title, body, target, addLabels, removeLabels);
    }

    public EditPR withTarget(String target) {
      return new EditPR(pr, title, body, target, addLabels, removeLabels);
    }

    public EditPR withAddLabels(List<String> addLabels) {
      return new EditPR(pr, title, body, target, addLabels, removeLabels);
    }

    public EditPR withRemoveLabels(List<String> removeLabels) {
      return new EditPR(pr, title, body, target, addLabels, removeLabels);
    }
  }

  /** Opens a closed pull request again. */
  @About(
      value =
          "Opens a pull request again that was closed, and replies with it as it then is. One that was merged is NotPossible.",
      example = "yield ReopenPR(pr)")
  record ReopenPR(@About("the pull request") PRHandle pr) implements ForgeEffect<PRHandle> {}

  /** Merges the target of a pull request into its branch. */
  @About(
      value =
          "Merges what the target has into the branch of a pull request, at the forge, and replies with it as it then is: the reply, and not the handle"
              + " before, is what MergePR merges then. A conflict, and a commit that the run did not see, are NotPossible. A branch that has all of the target stays as it is.",
      example = "pr = yield UpdatePRBranch(pr)")
  record UpdatePRBranch(@About("the pull request") PRHandle pr) implements ForgeEffect<PRHandle> {}

  /** Reviews a pull request. */
  @About(
      value =
          "Reviews a pull request at the commit of the handle, once; replies with the review's url. A forge without reviews, such as the"
              + " local one, is NotPossible.",
      example = "yield ReviewPR(pr, 'approve', body: 'Well done.')")
  record ReviewPR(
      @About("the pull request") PRHandle pr,
      @About("approve, request_changes or comment") ReviewAction action,
      @About("the text, in markdown; only an approval can do without") @Nullable String body)
      implements ForgeEffect<String> {
    public ReviewPR withBody(String body) {
      return new ReviewPR(pr, action, body);
    }
  }

  /** Waits until a pull request is merged. */
  @About(
      value =
          "Waits until a pull request is merged, by the forge or by a person, and replies with it as it then is. One that is closed"
              + " meanwhile is NotMergeable.",
      example = "yield WaitForMerge(pr, timeout: '1d', delete_branch: true)")
  record WaitForMerge(
      @About("the pull request") PRHandle pr,
      @About("the longest to wait; default: 7 d") @Nullable Duration timeout,
      @About("delete the branch after the merge; default: false") @Nullable Boolean deleteBranch)
      implements ForgeEffect<PRHandle> {
    public WaitForMerge withTimeout(Duration timeout) {
      return new WaitForMerge(pr, timeout, deleteBranch);
    }

    public WaitForMerge withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }

    public WaitForMerge withDeleteBranch(Boolean deleteBranch) {
      return new WaitForMerge(pr, timeout, deleteBranch);
    }
  }

  /** What a review says of a pull request. */
  enum ReviewAction {
    APPROVE,
    REQUEST_CHANGES,
    COMMENT
  }

  /** The status of the pull requests that a list shows. */
  enum Selection {
    OPEN,
    CLOSED,
    MERGED,
    ALL
  }
}
