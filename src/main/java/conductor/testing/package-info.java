/** Runs the scenarios of test files in simulated worlds, and tells how they ended. */
@NullMarked
package conductor.testing;

import org.jspecify.annotations.NullMarked;
