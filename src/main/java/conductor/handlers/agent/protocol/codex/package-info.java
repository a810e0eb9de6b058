/** The protocol of codex's app server. */
@NullMarked
package conductor.handlers.agent.protocol.codex;

import org.jspecify.annotations.NullMarked;
