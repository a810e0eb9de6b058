/**
 * Plans of workflows: what they would do. They run in the engine under handlers that answer typical
 * values and perform nothing.
 */
@NullMarked
package conductor.plan;

import org.jspecify.annotations.NullMarked;
