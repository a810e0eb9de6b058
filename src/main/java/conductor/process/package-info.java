/**
 * Processes of the host: short commands that are waited for, and detached jobs that are adopted.
 */
@NullMarked
package conductor.process;

import org.jspecify.annotations.NullMarked;
