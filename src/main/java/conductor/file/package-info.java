/** Files of worktrees. */
@NullMarked
package conductor.file;

import org.jspecify.annotations.NullMarked;
