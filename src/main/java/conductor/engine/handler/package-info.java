/**
 * The contract between handlers and an engine: handlers say how effects are performed, as acts, and
 * an engine decides which of them happen.
 */
@NullMarked
package conductor.engine.handler;

import org.jspecify.annotations.NullMarked;
