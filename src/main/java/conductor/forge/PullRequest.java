package conductor.forge;

import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pull request of the local forge, as it stands in its file.
 *
 * @param v the format
 * @param url its file
 * @param repo the repository's main worktree
 * @param head the commit that was proposed
 * @param pushed whether the branch is at a remote
 * @param key the mark that it is found by
 * @param mergeCommit what it became
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
    String key) {

  /** The format that this version writes. */
  public static final int FORMAT = 1;

  /** What scripts get. */
  public PRHandle handle() {
    return new PRHandle(url, number, title, branch, target, status, createdAt);
  }

  PullRequest merged(String commit, Instant at) {
    return new PullRequest(
        v,
        url,
        number,
        title,
        body,
        branch,
        target,
        Status.MERGED,
        repo,
        head,
        pushed,
        labels,
        createdAt,
        at,
        commit,
        key);
  }
}
