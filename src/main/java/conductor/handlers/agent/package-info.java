/** Coding agents: which there are, how their turns run, what they answer. */
@NullMarked
package conductor.handlers.agent;

import org.jspecify.annotations.NullMarked;
