/** Coding agents: which are known or configured, how their turns are run, and what they answer. */
@NullMarked
package conductor.handlers.agent;

import org.jspecify.annotations.NullMarked;
