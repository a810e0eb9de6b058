/**
 * Processes of the host: commands that are waited for, and detached jobs that a later process can
 * find again.
 */
@NullMarked
package conductor.process;

import org.jspecify.annotations.NullMarked;
