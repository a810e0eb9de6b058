/** Worktrees: making, committing, pushing, merging, keeping and removing them. */
@NullMarked
package conductor.handlers.worktree;

import org.jspecify.annotations.NullMarked;
