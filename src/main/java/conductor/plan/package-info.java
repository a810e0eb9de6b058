/**
 * What a workflow would do: it runs under handlers that answer typical values and perform nothing.
 */
@NullMarked
package conductor.plan;

import org.jspecify.annotations.NullMarked;
