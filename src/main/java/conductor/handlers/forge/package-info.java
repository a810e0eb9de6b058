/** Pull requests: the effects on them, and the contract of the forges that keep them. */
@NullMarked
package conductor.handlers.forge;

import org.jspecify.annotations.NullMarked;
