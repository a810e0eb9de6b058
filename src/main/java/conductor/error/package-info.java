/** Errors that people are told, in words, with the exit code of the command that met them. */
@NullMarked
package conductor.error;

import org.jspecify.annotations.NullMarked;
