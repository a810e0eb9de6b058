/** Questions to people. */
@NullMarked
package conductor.gate;

import org.jspecify.annotations.NullMarked;
