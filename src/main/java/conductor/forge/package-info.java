/** Pull requests, wherever they are kept. */
@NullMarked
package conductor.forge;

import org.jspecify.annotations.NullMarked;
