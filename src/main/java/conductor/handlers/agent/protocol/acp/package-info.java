/** How agents that speak the Agent Client Protocol converse. */
@NullMarked
package conductor.handlers.agent.protocol.acp;

import org.jspecify.annotations.NullMarked;
