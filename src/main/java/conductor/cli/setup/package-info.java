/** Sets a repository up: {@code conductor init}. */
@NullMarked
package conductor.cli.setup;

import org.jspecify.annotations.NullMarked;
