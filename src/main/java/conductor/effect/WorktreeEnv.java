package conductor.effect;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A git worktree handed to agents.
 *
 * @param id unique in the state directory
 * @param path the worktree's directory, absolute
 * @param branch the branch checked out in it, which conductor made
 * @param baseBranch the branch it came from, or null when it came from a detached head
 * @param baseCommit the full id of the commit it started at
 * @param issueId the issue it was made for
 * @param repo the main worktree (or bare directory) of its repository, absolute
 */
public record WorktreeEnv(
    String id,
    Path path,
    String branch,
    @Nullable String baseBranch,
    String baseCommit,
    @Nullable String issueId,
    Path repo,
    Instant createdAt)
    implements Handle {

  @Override
  public String identity() {
    return id;
  }
}
