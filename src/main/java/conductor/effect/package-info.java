/**
 * The types that scripts, the engine and handlers share: effects, their replies and their failures.
 */
@NullMarked
package conductor.effect;

import org.jspecify.annotations.NullMarked;
