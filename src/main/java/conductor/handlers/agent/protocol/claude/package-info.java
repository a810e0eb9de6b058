/** The protocol of Claude Code: a stream of JSON lines. */
@NullMarked
package conductor.handlers.agent.protocol.claude;

import org.jspecify.annotations.NullMarked;
