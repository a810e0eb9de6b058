/** The base of the command line's commands: output, errors, exit codes, common options. */
@NullMarked
package conductor.cli;

import org.jspecify.annotations.NullMarked;
