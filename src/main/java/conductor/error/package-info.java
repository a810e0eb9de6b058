/** Errors that are shown to people in words, with the exit code of the command that they end. */
@NullMarked
package conductor.error;

import org.jspecify.annotations.NullMarked;
