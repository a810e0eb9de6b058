package conductor.handlers.forge.local;

import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pull request of the local forge, as its file keeps it.
 *
 * @param v the format
 * @param url the path of its file
 * @param repo the repository's main worktree
 * @param head the commit that was proposed; for a merged pull request, the commit that was merged
 * @param pushed whether the branch was pushed to a remote
 * @param key the key of the act that opened it
 * @param mergeCommit the commit of the target after the merge; null when it is not merged
 * @param mergedOnto the commit of the target before the merge; null when that is not known
 * @param comments the comments, oldest first; null in files of older versions
 * @param reviewers the names of those asked for a review, who are not notified
 */
public record PullRequest(
    int v,
    String url,
    int number,
    String title,
    String body,
    String branch,
    String target,
    Status status,
    Path repo,
    String head,
    boolean pushed,
    List<String> labels,
    Instant createdAt,
    @Nullable Instant mergedAt,
    @Nullable String mergeCommit,
    @Nullable String mergedOnto,
    String key,
    @Nullable List<Comment> comments,
    @Nullable List<String> reviewers) {

  /** The format that this version writes. */
  public static final int FORMAT = 1;

  /** A comment, with the key of the act that made it. */
  public record Comment(Instant at, String body, String key) {}

  /**
   * The result of a merge.
   *
   * @param head the commit that was merged
   * @param commit the commit of the target after the merge
   * @param onto the commit of the target before the merge; null when it was merged before a crash
   */
  record Merged(String head, String commit, @Nullable String onto) {}

  /** Returns the handle that scripts get. */
  public PRHandle handle() {
    return new PRHandle(url, number, title, branch, target, status, createdAt, head);
  }

  /** Returns the comments, oldest first; none for files of older versions. */
  public List<Comment> said() {
    return comments == null ? List.of() : comments;
  }

  /** Returns whether it is neither merged nor closed. */
  boolean isOpen() {
    return status == Status.OPEN || status == Status.DRAFT;
  }

  PullRequest merged(Merged merged, Instant at) {
    return with(
        title,
        body,
        target,
        Status.MERGED,
        merged.head(),
        labels,
        at,
        merged.commit(),
        merged.onto(),
        said());
  }

  PullRequest with(Status now) {
    return with(title, body, target, now, head, labels, mergedAt, mergeCommit, mergedOnto, said());
  }

  /** Returns it with another commit that it proposes. */
  PullRequest at(String commit) {
    return with(
        title, body, target, status, commit, labels, mergedAt, mergeCommit, mergedOnto, said());
  }

  PullRequest edited(String newTitle, String newBody, String newTarget, List<String> newLabels) {
    return with(
        newTitle,
        newBody,
        newTarget,
        status,
        head,
        newLabels,
        mergedAt,
        mergeCommit,
        mergedOnto,
        said());
  }

  PullRequest saying(Comment comment) {
    var all = new ArrayList<>(said());
    all.add(comment);
    return with(title, body, target, status, head, labels, mergedAt, mergeCommit, mergedOnto, all);
  }

  private PullRequest with(
      String itsTitle,
      String itsBody,
      String itsTarget,
      Status now,
      String proposed,
      List<String> itsLabels,
      @Nullable Instant merged,
      @Nullable String commit,
      @Nullable String onto,
      List<Comment> all) {
    return new PullRequest(
        v,
        url,
        number,
        itsTitle,
        itsBody,
        branch,
        itsTarget,
        now,
        repo,
        proposed,
        pushed,
        List.copyOf(itsLabels),
        createdAt,
        merged,
        commit,
        onto,
        key,
        List.copyOf(all),
        reviewers);
  }
}
