package conductor.handlers.worktree;

import conductor.handlers.git.Repository;
import org.jspecify.annotations.Nullable;

/**
 * What a new worktree is to be.
 *
 * @param name of the branch, without the prefix and the run; any text
 * @param branch its whole name; null to make one
 */
record WorktreePlan(
    Repository repository,
    String name,
    @Nullable String branch,
    @Nullable String issueId,
    @Nullable String baseBranch,
    @Nullable String baseRemote,
    String baseCommit) {}
