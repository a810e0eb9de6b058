/**
 * The description of each effect: its name, parameters, types and documentation, read from its
 * declaration.
 */
@NullMarked
package conductor.effect.vocabulary;

import org.jspecify.annotations.NullMarked;
