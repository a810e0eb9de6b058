package conductor.handlers.worktree;

import conductor.handlers.git.Repository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a worktree that is to be made.
 *
 * @param name any text, which the branch's name is made of, with the prefix and the run
 * @param branch the whole name of the branch; null to make one from {@code name}
 * @param sparse the directories to check out; null when none are named
 */
record WorktreePlan(
    Repository repository,
    String name,
    @Nullable String branch,
    @Nullable String issueId,
    @Nullable String baseBranch,
    @Nullable String baseRemote,
    String baseCommit,
    @Nullable List<String> sparse) {}
