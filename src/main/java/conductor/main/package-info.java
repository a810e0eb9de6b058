/** The entry point of the process. */
@NullMarked
package conductor.main;

import org.jspecify.annotations.NullMarked;
