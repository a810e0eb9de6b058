/** Which forge the remotes and the settings of a project name. */
@NullMarked
package conductor.handlers.forge.project;

import org.jspecify.annotations.NullMarked;
