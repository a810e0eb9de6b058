/** The Agent Client Protocol. */
@NullMarked
package conductor.handlers.agent.protocol.acp;

import org.jspecify.annotations.NullMarked;
