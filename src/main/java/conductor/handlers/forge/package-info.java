/** Pull requests, wherever they are kept. */
@NullMarked
package conductor.handlers.forge;

import org.jspecify.annotations.NullMarked;
