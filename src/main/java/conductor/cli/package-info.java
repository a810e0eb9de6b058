/** The command line: one class per command. */
@NullMarked
package conductor.cli;

import org.jspecify.annotations.NullMarked;
