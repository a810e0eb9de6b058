package conductor.handlers.forge;

import conductor.effect.Checks;
import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.ForgeEffect.Selection;
import conductor.effect.ForgeFailure;
import conductor.effect.Issue;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import conductor.effect.PRReview;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host of the pull requests and issues of one repository. The tests in {@code ForgeContract}
 * check these invariants for every forge:
 *
 * <ul>
 *   <li><b>F1.</b> A pull request that was opened is found by its key, whatever its state is now.
 *   <li><b>F2.</b> Opening again with the same key, or for the branch and target of an open pull
 *       request, opens nothing: the existing pull request is returned unchanged.
 *   <li><b>F3.</b> A pull request can be read by handle, number and url, with what was proposed and
 *       its present state; its title is one line.
 *   <li><b>F4.</b> After a merge the target contains the change: as a commit with two parents, as
 *       one commit, or with each commit replayed on top, according to the strategy.
 *   <li><b>F5.</b> Merging a merged pull request changes nothing.
 *   <li><b>F6.</b> A pull request that conflicts or was closed fails with {@code NotMergeable}, and
 *       the target stays unchanged.
 *   <li><b>F7.</b> The branch is deleted only if that was requested, and only after the merge.
 *   <li><b>F8.</b> A comment is made only once for each key.
 *   <li><b>F9.</b> Closing a closed pull request changes nothing; a merged one stays merged.
 *   <li><b>F10.</b> Lists are ordered newest first and contain only what was selected.
 *   <li><b>F11.</b> A pull request that does not exist fails with {@code UnknownPullRequest}.
 *   <li><b>F12.</b> A pull request without checks has passed them, and one without reviews is not
 *       approved.
 *   <li><b>F13.</b> A commit that the run has not seen is not merged, unless any commit may be.
 *   <li><b>F14.</b> The text, the comments and the changes of a pull request can be read, and its
 *       commits can be fetched; no mark of conductor's is shown.
 *   <li><b>F15.</b> A draft can be marked as ready; one that is ready, or merged, stays as it is.
 *   <li><b>F16.</b> An edit changes what is given and nothing else, and the same edit again changes
 *       nothing; the pull request is still found by its key.
 *   <li><b>F17.</b> A closed pull request can be reopened; an open one stays as it is, and one that
 *       was merged, or whose branch is gone, is {@code NotPossible}.
 *   <li><b>F18.</b> After an update the branch has all of the target and of what it had before; one
 *       that has it stays as it is; a conflict, or a commit that was not seen, is {@code
 *       NotPossible} and changes nothing. An update that was made is found by its key and the
 *       commit that it began at, wherever branch and target are by then.
 *   <li><b>F19.</b> A review is made only once for each key, or is {@code NotPossible}.
 *   <li><b>F20.</b> A merge that the forge is to do itself is asked for only once; where nothing is
 *       in its way, the pull request is merged at once.
 * </ul>
 *
 * Every call may block on the forge and ends when it is interrupted. Every failure is a {@link
 * conductor.effect.ForgeFailure}.
 */
public interface Forge {

  /**
   * The content of a pull request to be opened.
   *
   * @param body the text as markdown; empty for none
   * @param target the branch that it is to be merged into, without the remote's name
   * @param reviewers the names of those who are asked for a review
   * @param closes the url of the issue that the merge resolves; null for none
   * @param key the key of the act, by which it is found later
   */
  record Proposal(
      WorktreeEnv env,
      String title,
      String body,
      String target,
      boolean draft,
      List<String> labels,
      List<String> reviewers,
      @Nullable String closes,
      Key key) {}

  /**
   * The options of a merge.
   *
   * @param deleteBranch whether the branch is deleted after the merge
   * @param ignoreChecks whether to merge even if required checks failed or have not ended
   * @param key the key of the act, for the message of the merge commit where the forge permits that
   * @param seen the commits that may be merged; empty for any
   * @param auto whether the forge merges it later, once all that it asks for is there
   */
  record Merging(
      MergeStrategy strategy,
      boolean deleteBranch,
      boolean ignoreChecks,
      Key key,
      Set<String> seen,
      boolean auto) {

    /** Throws {@code NotMergeable} for a commit that the run has not seen. */
    public void mustHaveSeen(String url, String head) {
      Optional<String> unseen = Forge.unseen(seen, head);
      if (unseen.isPresent()) {
        throw new ForgeFailure.NotMergeable(
            url,
            unseen.get()
                + "; WaitForChecks looks at it, and 'match: false' merges whatever is there");
      }
    }
  }

  /**
   * Returns what is to be said of a commit that is not among those that a run has seen; empty when
   * it is, or any may be meant.
   *
   * @param seen the commits; empty for any
   */
  static Optional<String> unseen(Set<String> seen, String head) {
    if (seen.isEmpty() || seen.contains(head)) {
      return Optional.empty();
    }
    String known = seen.stream().map(Forge::brief).sorted().collect(Collectors.joining(", "));
    return Optional.of(
        "it is at %s now, which this run did not see (it saw %s)".formatted(brief(head), known));
  }

  private static String brief(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }

  /**
   * Changes of what a pull request says; null for what stays.
   *
   * @param body the text as markdown
   * @param target the branch that it is to be merged into
   */
  record Changes(
      @Nullable String title,
      @Nullable String body,
      @Nullable String target,
      List<String> addLabels,
      List<String> removeLabels) {

    public Changes {
      addLabels = List.copyOf(addLabels);
      removeLabels = List.copyOf(removeLabels);
    }
  }

  /**
   * A pull request whose branch has all of what its target was when it was updated.
   *
   * @param pr at the commit of the update, whatever came in later
   * @param from the commit that it was at before; that of the pull request when nothing was missing
   */
  record Updated(PRHandle pr, String from) {}

  /**
   * What the merge queue of a target branch has to do with a pull request.
   *
   * @param exists whether the branch has such a queue
   * @param left why the pull request was taken out of the queue, in which it is not now; empty when
   *     it was not
   */
  record MergeQueue(boolean exists, Optional<String> left) {

    public static final MergeQueue NONE = new MergeQueue(false, Optional.empty());
  }

  /**
   * The selection of pull requests for a list.
   *
   * @param branch the branch that is proposed; null for all
   * @param target the target branch; null for all
   * @param limit the most pull requests to list
   */
  record Wanted(Selection status, @Nullable String branch, @Nullable String target, int limit) {}

  /**
   * The present state of the checks of a pull request.
   *
   * @param checks the existing checks, with conclusions for those that have ended
   * @param running the names of what has not ended
   * @param missing the names of required checks that have not begun
   * @param settling how long nothing must have changed before no further check is expected: checks
   *     begin some time after a push, and some only when others have ended
   */
  record Standing(Checks checks, List<String> running, List<String> missing, Duration settling) {

    public Standing {
      running = List.copyOf(running);
      missing = List.copyOf(missing);
    }
  }

  /**
   * What there is to read about a pull request.
   *
   * @param author who opened it; empty when the forge does not know
   * @param body the text as markdown, without conductor's marks; empty for none
   * @param reviewers who is asked for a review
   * @param comments oldest first
   */
  record Details(
      PRHandle pr,
      String author,
      String body,
      List<String> labels,
      List<String> reviewers,
      List<Remark> comments) {

    public Details {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
      comments = List.copyOf(comments);
    }
  }

  /**
   * Something that was said about a pull request.
   *
   * @param author empty when the forge does not know
   * @param about the line that it is about, as {@code path:line}, or the verdict of a review; empty
   *     for neither
   */
  record Remark(String author, Instant at, String about, String body) {}

  /**
   * Where the commits of a pull request can be had.
   *
   * @param branch a name for a branch of them; a stranger may have chosen it
   * @param ref the full ref at the remote; below {@code refs/heads/} only where the branch is one
   *     of that remote
   * @param atTarget whether it is at the remote that pull requests are for, rather than the one
   *     that branches are pushed to
   */
  record Source(String branch, String ref, boolean atTarget) {}

  /** Returns a forge that assumes that an earlier process may just have done what is asked for. */
  default Forge adopting() {
    return this;
  }

  /** Checks in advance, as far as possible, that pull requests can be opened. */
  void ready() throws InterruptedException;

  /** Returns the pull request that was opened with a key; empty when there is none. */
  Optional<PRHandle> find(WorktreeEnv env, Key key) throws InterruptedException;

  /** Opens a pull request or returns an existing one (F2); what has a remote is pushed already. */
  PRHandle open(Proposal proposal) throws InterruptedException;

  PRHandle get(PRReference reference) throws InterruptedException;

  List<PRHandle> list(Wanted wanted) throws InterruptedException;

  PRHandle merge(PRHandle pr, Merging how) throws InterruptedException;

  /** Reads what was written about a pull request. */
  Details details(PRHandle pr) throws InterruptedException;

  /** Returns the changes of a pull request, or those that were merged, as a patch. */
  String diff(PRHandle pr) throws InterruptedException;

  /** Returns where the commits of a pull request can be fetched. */
  Source source(PRHandle pr) throws InterruptedException;

  PRHandle close(PRHandle pr, boolean deleteBranch) throws InterruptedException;

  PRHandle reopen(PRHandle pr) throws InterruptedException;

  /** Marks a draft as ready for review. */
  PRHandle markReady(PRHandle pr) throws InterruptedException;

  PRHandle edit(PRHandle pr, Changes changes) throws InterruptedException;

  /**
   * Merges the target into the branch of a pull request, where it lacks something of it.
   *
   * @param from the commit that the branch was at before the update was asked for, maybe by an
   *     earlier process; null when it is not known
   * @param seen the commits that may be updated; empty for any
   */
  Updated updateBranch(PRHandle pr, @Nullable String from, Set<String> seen, Key key)
      throws InterruptedException;

  /**
   * Reviews a pull request at the commit of its handle.
   *
   * @param body the text as markdown; empty for none
   * @return the url where the review can be seen
   */
  String addReview(PRHandle pr, ReviewAction action, String body, Key key)
      throws InterruptedException;

  /**
   * Comments on a pull request.
   *
   * @param replyTo the id of the comment of {@link #review} that it answers; null for none
   * @return the url where the comment can be seen
   */
  String comment(PRHandle pr, String body, @Nullable String replyTo, Key key)
      throws InterruptedException;

  /** Returns what the merge queue of its target has to do with an open pull request. */
  default MergeQueue mergeQueue(PRHandle pr) throws InterruptedException {
    return MergeQueue.NONE;
  }

  /** Returns the state of the checks of the last commit. */
  Standing checks(PRHandle pr) throws InterruptedException;

  /**
   * Returns the reviews; empty while there is nothing to act on.
   *
   * @param answered the ids of comments that were answered, though the forge may not show the
   *     answers yet
   */
  Optional<PRReview> review(PRHandle pr, Set<String> answered) throws InterruptedException;

  /**
   * Reads an issue of the forge.
   *
   * @param reference the issue's number, such as {@code #42}, or its url
   * @throws conductor.effect.IssueFailure.IssueNotFound when it does not exist
   */
  Issue issue(String reference) throws InterruptedException;

  /** Comments the result on an issue, once for each key, and closes the issue. */
  Issue resolve(String reference, @Nullable String result, @Nullable String prUrl, Key key)
      throws InterruptedException;
}
