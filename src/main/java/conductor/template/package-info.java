/** The catalogue of workflow templates. */
@NullMarked
package conductor.template;

import org.jspecify.annotations.NullMarked;
