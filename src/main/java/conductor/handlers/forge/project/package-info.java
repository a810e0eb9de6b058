/** Chooses the forge of a project by its remotes and settings. */
@NullMarked
package conductor.handlers.forge.project;

import org.jspecify.annotations.NullMarked;
