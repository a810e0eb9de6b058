/**
 * The agent programs that need no configuration, with the facts about each in a file of its own.
 */
@NullMarked
package conductor.handlers.agent.known;

import org.jspecify.annotations.NullMarked;
