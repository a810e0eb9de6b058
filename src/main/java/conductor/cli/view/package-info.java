/** How runs, effects and questions are shown in a terminal. */
@NullMarked
package conductor.cli.view;

import org.jspecify.annotations.NullMarked;
