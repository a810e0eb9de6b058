/**
 * Workflows in Groovy: reads, checks and compiles them, and makes programs of them. Knows effects
 * and no engine.
 */
@NullMarked
package conductor.script;

import org.jspecify.annotations.NullMarked;
