package conductor.effect;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory handed to agents: a git worktree that conductor made, or the user's own checkout.
 *
 * @param id unique in the state directory
 * @param path the worktree's directory, absolute
 * @param branch the branch checked out in it, which conductor made; of a checkout the one that was
 *     checked out, {@code HEAD} where none was, empty outside of git
 * @param baseBranch the branch it came from, without the remote's name, to which a pull request is
 *     proposed; null when it came from no branch
 * @param baseRemote the remote whose branch that is; null for a branch of this repository alone
 * @param baseCommit the full id of the commit it started at; empty outside of git
 * @param issueId the issue it was made for
 * @param repo the main worktree (or bare directory) of its repository, absolute; the directory
 *     itself outside of git
 * @param sparse the directories that are checked out in it; null when no effect named any
 * @param checkout true for the user's own checkout, in which conductor commits, moves and deletes
 *     nothing; null for a worktree that conductor made
 */
public record WorktreeEnv(
    String id,
    Path path,
    String branch,
    @Nullable String baseBranch,
    @Nullable String baseRemote,
    String baseCommit,
    @Nullable String issueId,
    Path repo,
    Instant createdAt,
    @Nullable List<String> sparse,
    @Nullable Boolean checkout)
    implements Handle {

  public WorktreeEnv {
    sparse = sparse == null ? null : List.copyOf(sparse);
  }

  /** Returns whether it is the user's own checkout, and not a worktree that conductor made. */
  public boolean ofUser() {
    return Boolean.TRUE.equals(checkout);
  }

  /** Returns whether it is in a git repository. */
  public boolean inGit() {
    return !baseCommit.isEmpty();
  }

  @Override
  public String identity() {
    return id;
  }
}
