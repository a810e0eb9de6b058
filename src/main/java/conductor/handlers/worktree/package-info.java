/** Makes, commits, pushes, merges, saves and removes worktrees. */
@NullMarked
package conductor.handlers.worktree;

import org.jspecify.annotations.NullMarked;
