/** The checks of {@code conductor doctor}. */
@NullMarked
package conductor.cli.doctor;

import org.jspecify.annotations.NullMarked;
