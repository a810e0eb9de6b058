/** The forge on this host, for projects whose remotes belong to no known forge. */
@NullMarked
package conductor.handlers.forge.local;

import org.jspecify.annotations.NullMarked;
