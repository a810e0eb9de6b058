/** What the machine does for workflows: commands, files of worktrees, time, chance, environment. */
@NullMarked
package conductor.handlers.machine;

import org.jspecify.annotations.NullMarked;
