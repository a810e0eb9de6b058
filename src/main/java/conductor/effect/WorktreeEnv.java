package conductor.effect;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A git worktree handed to agents.
 *
 * @param id unique in the state directory
 * @param path the worktree's directory, absolute
 * @param branch the branch checked out in it, which conductor made
 * @param baseBranch the branch it came from, without the remote's name, to which a pull request is
 *     proposed; null when it came from no branch
 * @param baseRemote the remote whose branch that is; null for a branch of this repository alone
 * @param baseCommit the full id of the commit it started at
 * @param issueId the issue it was made for
 * @param repo the main worktree (or bare directory) of its repository, absolute
 * @param sparse the directories that are checked out in it; null when no effect named any
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
    @Nullable List<String> sparse)
    implements Handle {

  public WorktreeEnv {
    sparse = sparse == null ? null : List.copyOf(sparse);
  }

  @Override
  public String identity() {
    return id;
  }
}
