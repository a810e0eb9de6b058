package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * The handle of an agent that a run started.
 *
 * @param id unique in the state directory: {@code <workflow>:<name>}
 * @param name unique in the run
 * @param agentType the driver's name in the configuration, such as {@code claude}
 */
public record AgentRef(
    String id, String name, String workflowId, @Nullable String envId, String agentType)
    implements Handle {

  @Override
  public String identity() {
    return id;
  }
}
