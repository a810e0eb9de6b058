/** Paths of the state on disk, and the writing of files whole or not at all. */
@NullMarked
package conductor.state;

import org.jspecify.annotations.NullMarked;
