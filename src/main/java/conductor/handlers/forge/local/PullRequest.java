package conductor.handlers.forge.local;

import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pull request of the local forge, as it stands in its file.
 *
 * @param v the format
 * @param url its file
 * @param repo the repository's main worktree
 * @param head the commit that was proposed; of a merged one, the commit that was merged
 * @param pushed whether the branch is at a remote
 * @param key the mark that it is found by
 * @param mergeCommit what it became
 * @param mergedOnto what the target was before; null where that is not known
 * @param comments the oldest first
 * @param reviewers who was asked for a review; nobody is told
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

  /**
   * What somebody said of it.
   *
   * @param key the mark that it is found by
   */
  public record Comment(Instant at, String body, String key) {}

  /**
   * What a merge came to.
   *
   * @param head the commit that was merged
   * @param commit that the target then is at
   * @param onto that it was at before; null when it was merged before a crash
   */
  record Merged(String head, String commit, @Nullable String onto) {}

  /** Returns what scripts get. */
  public PRHandle handle() {
    return new PRHandle(url, number, title, branch, target, status, createdAt, head);
  }

  /** Returns what was said of it, the oldest first; files of older versions hold none. */
  public List<Comment> said() {
    return comments == null ? List.of() : comments;
  }

  /** Returns whether it could still be merged. */
  boolean isOpen() {
    return status == Status.OPEN || status == Status.DRAFT;
  }

  PullRequest merged(Merged merged, Instant at) {
    return with(merged.head(), Status.MERGED, at, merged.commit(), merged.onto(), said());
  }

  PullRequest closed() {
    return with(head, Status.CLOSED, mergedAt, mergeCommit, mergedOnto, said());
  }

  PullRequest saying(Comment comment) {
    var all = new ArrayList<>(said());
    all.add(comment);
    return with(head, status, mergedAt, mergeCommit, mergedOnto, all);
  }

  private PullRequest with(
      String proposed,
      Status now,
      @Nullable Instant merged,
      @Nullable String commit,
      @Nullable String onto,
      List<Comment> all) {
    return new PullRequest(
        v,
        url,
        number,
        title,
        body,
        branch,
        target,
        now,
        repo,
        proposed,
        pushed,
        labels,
        createdAt,
        merged,
        commit,
        onto,
        key,
        List.copyOf(all),
        reviewers);
  }
}
