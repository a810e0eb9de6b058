/** How codex' app server converses. */
@NullMarked
package conductor.handlers.agent.protocol.codex;

import org.jspecify.annotations.NullMarked;
