/**
 * A run in this process: starting it, resuming it, forking it, child runs, and the wiring of its
 * handlers.
 */
@NullMarked
package conductor.run.execution;

import org.jspecify.annotations.NullMarked;
