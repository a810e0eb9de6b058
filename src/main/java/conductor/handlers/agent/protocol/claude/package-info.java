/** How claude's stream of JSON lines converses. */
@NullMarked
package conductor.handlers.agent.protocol.claude;

import org.jspecify.annotations.NullMarked;
