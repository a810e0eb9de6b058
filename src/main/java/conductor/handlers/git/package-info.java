/** Git: worktrees, commits, pushes and merges, by the git program. */
@NullMarked
package conductor.handlers.git;

import org.jspecify.annotations.NullMarked;
