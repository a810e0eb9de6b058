/**
 * How effects are performed on the real world: handlers declare acts, an engine decides which of
 * them happen.
 */
@NullMarked
package conductor.engine.handler;

import org.jspecify.annotations.NullMarked;
