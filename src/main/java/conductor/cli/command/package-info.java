/** The commands: one class per command. */
@NullMarked
package conductor.cli.command;

import org.jspecify.annotations.NullMarked;
