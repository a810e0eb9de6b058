package conductor.handlers.forge;

import conductor.effect.Checks;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What hosts the pull requests of one repository. Its invariants, which {@code ForgeContract} holds
 * every forge to:
 *
 * <ul>
 *   <li><b>F1.</b> A pull request that was opened is found by its key, whatever became of it since.
 *   <li><b>F2.</b> Opening again with the same key, or for the branch and target of one that is
 *       open, opens nothing: the one that is there is the reply, as it is.
 *   <li><b>F3.</b> A pull request is read as it was proposed and as it stands now, by handle,
 *       number and url; its title is one line.
 *   <li><b>F4.</b> A merge leaves the target with the change: with two parents, as one commit, or
 *       with each commit on top, as the strategy says.
 *   <li><b>F5.</b> Merging what is merged changes nothing.
 *   <li><b>F6.</b> What conflicts or was closed is {@code NotMergeable}, and the target stays.
 *   <li><b>F7.</b> The branch is deleted only when that was asked for, and after the merge.
 *   <li><b>F8.</b> A comment is made once for a key.
 *   <li><b>F9.</b> Closing closes, once; what was merged stays merged.
 *   <li><b>F10.</b> Lists show the newest first, and only what was asked for.
 *   <li><b>F11.</b> What is not there is {@code UnknownPullRequest}.
 *   <li><b>F12.</b> A pull request without checks has passed them, and one without reviews is not
 *       approved.
 *   <li><b>F13.</b> A commit that was not seen is not merged, unless any may be.
 * </ul>
 *
 * Every call may wait for the forge, and ends when it is interrupted. Every failure is a {@link
 * conductor.effect.ForgeFailure}.
 */
public interface Forge {

  /**
   * What is to be proposed.
   *
   * @param body markdown; empty for none
   * @param reviewers who is asked for a review
   * @param key the mark that it is found by
   */
  record Proposal(
      WorktreeEnv env,
      String title,
      String body,
      String target,
      boolean draft,
      List<String> labels,
      List<String> reviewers,
      Key key) {}

  /**
   * How a pull request is to be merged.
   *
   * @param ignoreChecks whether required checks that failed do not matter
   * @param key a mark for the merge commit, where the forge lets one choose it
   * @param seen the commits that may be merged; empty for any
   */
  record Merging(
      MergeStrategy strategy,
      boolean deleteBranch,
      boolean ignoreChecks,
      Key key,
      Set<String> seen) {

    /** Refuses a commit that nobody saw. */
    public void mustHaveSeen(String url, String head) {
      if (!seen.isEmpty() && !seen.contains(head)) {
        throw new ForgeFailure.NotMergeable(
            url,
            "it is at %s now, which this run did not see (it saw %s); WaitForChecks looks at it, and 'match: false' merges whatever is there"
                .formatted(
                    brief(head),
                    String.join(", ", seen.stream().map(Merging::brief).sorted().toList())));
      }
    }

    private static String brief(String commit) {
      return commit.substring(0, Math.min(10, commit.length()));
    }
  }

  /**
   * Which pull requests a list shows.
   *
   * @param branch null for all
   * @param target null for all
   */
  record Wanted(Selection status, @Nullable String branch, @Nullable String target, int limit) {}

  /**
   * How checks stand.
   *
   * @param checks those that there are, with conclusions as far as they have ended
   * @param running what has not ended
   * @param missing those that the target asks for and that have not begun
   * @param settling how long nothing may have changed before nothing more is expected: checks begin
   *     a while after a push, and some only when others have ended
   */
  record Standing(Checks checks, List<String> running, List<String> missing, Duration settling) {

    public Standing {
      running = List.copyOf(running);
      missing = List.copyOf(missing);
    }
  }

  /** The same after a crash: an earlier process may just have done what is asked for. */
  default Forge adopting() {
    return this;
  }

  /**
   * Makes sure that pull requests can be opened, as far as that can be known before.
   *
   * @throws conductor.effect.ForgeFailure.ForgeDenied when they cannot
   */
  void ready() throws InterruptedException;

  /** Returns the pull request that was opened with a key. */
  Optional<PRHandle> find(WorktreeEnv env, Key key) throws InterruptedException;

  /** Opens a pull request of a branch that is pushed where there is a remote. */
  PRHandle open(Proposal proposal) throws InterruptedException;

  /** Reads a pull request. */
  PRHandle get(PRReference reference) throws InterruptedException;

  /** Lists pull requests. */
  List<PRHandle> list(Wanted wanted) throws InterruptedException;

  /** Merges a pull request. */
  PRHandle merge(PRHandle pr, Merging how) throws InterruptedException;

  /** Closes a pull request. */
  PRHandle close(PRHandle pr, boolean deleteBranch) throws InterruptedException;

  /**
   * Comments on a pull request.
   *
   * @param replyTo the id of a comment of {@link #review} that it answers
   * @return where it can be seen
   */
  String comment(PRHandle pr, String body, @Nullable String replyTo, Key key)
      throws InterruptedException;

  /** Returns how the checks of the last commit stand. */
  Standing checks(PRHandle pr) throws InterruptedException;

  /**
   * Returns what reviewers say; empty while there is nothing to act on.
   *
   * @param answered the ids of comments that were answered, though the forge may not show it yet
   */
  Optional<PRReview> review(PRHandle pr, Set<String> answered) throws InterruptedException;

  /**
   * Reads an issue that is kept beside the pull requests.
   *
   * @param reference its number, such as {@code #42}, or its url
   * @throws conductor.effect.IssueFailure.IssueNotFound when there is none
   */
  Issue issue(String reference) throws InterruptedException;

  /** Says there what came of an issue, once, and closes it. */
  Issue resolve(String reference, @Nullable String result, @Nullable String prUrl, Key key)
      throws InterruptedException;
}
