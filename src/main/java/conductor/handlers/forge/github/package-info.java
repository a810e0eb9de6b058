/** Pull requests and issues of GitHub and GitHub Enterprise Server, by their REST API. */
@NullMarked
package conductor.handlers.forge.github;

import org.jspecify.annotations.NullMarked;
