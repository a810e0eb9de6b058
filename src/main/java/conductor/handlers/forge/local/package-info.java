/** Pull requests that are kept on this machine, for projects whose remote is no known forge. */
@NullMarked
package conductor.handlers.forge.local;

import org.jspecify.annotations.NullMarked;
