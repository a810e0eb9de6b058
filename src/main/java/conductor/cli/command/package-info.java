/** The commands of the command line, one class per command, and what several of them share. */
@NullMarked
package conductor.cli.command;

import org.jspecify.annotations.NullMarked;
