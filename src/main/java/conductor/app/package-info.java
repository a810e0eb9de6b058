/** Makes runs of workflows: the one place where everything is wired. */
@NullMarked
package conductor.app;

import org.jspecify.annotations.NullMarked;
