/** Shows runs, effects and questions in a terminal, and generates shell completion. */
@NullMarked
package conductor.cli.view;

import org.jspecify.annotations.NullMarked;
