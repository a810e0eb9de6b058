/** The forge GitHub, with GitHub Enterprise Server, by its REST API. */
@NullMarked
package conductor.handlers.forge.github;

import org.jspecify.annotations.NullMarked;
