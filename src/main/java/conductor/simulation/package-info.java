/** Answers effects with typical values in place of handlers, and performs nothing. */
@NullMarked
package conductor.simulation;

import org.jspecify.annotations.NullMarked;
