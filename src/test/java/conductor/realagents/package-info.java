/** The real agent programs under test: installs them in pinned versions and starts them. */
@NullMarked
package conductor.realagents;

import org.jspecify.annotations.NullMarked;
