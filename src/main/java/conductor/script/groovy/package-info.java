/**
 * Workflows, sessions and effects in Groovy: reads, checks and compiles them, and runs them as
 * programs.
 */
@NullMarked
package conductor.script.groovy;

import org.jspecify.annotations.NullMarked;
