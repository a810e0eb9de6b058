/** Scenarios of workflows, as a test file tells them, and what is seen of a run of one. */
@NullMarked
package conductor.scenario;

import org.jspecify.annotations.NullMarked;
