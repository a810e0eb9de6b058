/** Commands of workflows: {@code Exec} on detached jobs. */
@NullMarked
package conductor.command;

import org.jspecify.annotations.NullMarked;
