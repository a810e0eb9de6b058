/** What there is to know of each effect: its words, parameters, types and documentation. */
@NullMarked
package conductor.effect.vocabulary;

import org.jspecify.annotations.NullMarked;
