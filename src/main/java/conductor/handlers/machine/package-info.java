/** Effects on the machine: commands, files of worktrees, time, random numbers, environment. */
@NullMarked
package conductor.handlers.machine;

import org.jspecify.annotations.NullMarked;
