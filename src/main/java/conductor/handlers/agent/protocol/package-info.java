/**
 * How agent programs converse over lines of JSON on their standard input and output. Pure: no
 * process, no file, no clock. What both sides said is all the state there is, so that any process
 * can take a conversation up by reading it again.
 */
@NullMarked
package conductor.handlers.agent.protocol;

import org.jspecify.annotations.NullMarked;
