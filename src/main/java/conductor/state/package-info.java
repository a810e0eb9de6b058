/** Where state lies on disk, and how a file is written whole or not at all. */
@NullMarked
package conductor.state;

import org.jspecify.annotations.NullMarked;
