/**
 * The protocols of agent programs, as lines of JSON on their standard input and output. Uses no
 * process, file or clock, except that bounds read settings files. The state of a conversation
 * consists of the lines of both sides only, so that any process can resume it by reading them.
 */
@NullMarked
package conductor.handlers.agent.protocol;

import org.jspecify.annotations.NullMarked;
