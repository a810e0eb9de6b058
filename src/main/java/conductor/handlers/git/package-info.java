/** The git program, JGit as a reader, and what is known of repositories and their remotes. */
@NullMarked
package conductor.handlers.git;

import org.jspecify.annotations.NullMarked;
