/** How agents that speak the Agent Client Protocol converse, and what two of them need besides. */
@NullMarked
package conductor.handlers.agent.protocol.acp;

import org.jspecify.annotations.NullMarked;
