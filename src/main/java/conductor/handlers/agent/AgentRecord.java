package conductor.handlers.agent;

import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.AgentUsage;
import conductor.handlers.agent.protocol.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent's status and usage, as {@code agents/<name>.json} publishes them.
 *
 * @param since when the agent got its status
 * @param why the reason for the status; null when there is none
 * @param turns how many prompts the agent got
 * @param error the reason for the status {@code error}; null for any other
 * @param usage what its turns used in total
 */
record AgentRecord(
    int v,
    String id,
    String name,
    String workflowId,
    @Nullable String envId,
    String agentType,
    AgentStatus status,
    Instant since,
    @Nullable String why,
    int turns,
    @Nullable String error,
    Costs usage) {

  /**
   * The usage of an agent.
   *
   * @param seconds how long its turns took in total
   */
  record Costs(long inputTokens, long outputTokens, @Nullable Double costUsd, double seconds) {

    static Costs of(Usage usage, double seconds) {
      return new Costs(
          usage.inputTokens(),
          usage.outputTokens(),
          usage.costUsd(),
          Math.round(seconds * 1000) / 1000.0);
    }

    AgentUsage of(int turns) {
      return new AgentUsage(inputTokens, outputTokens, costUsd, seconds, turns);
    }
  }

  static AgentRecord of(
      AgentRef agent, AgentStatus status, Instant since, String why, int turns, Costs usage) {
    return new AgentRecord(
        1,
        agent.id(),
        agent.name(),
        agent.workflowId(),
        agent.envId(),
        agent.agentType(),
        status,
        since,
        why.isEmpty() ? null : why,
        turns,
        status == AgentStatus.ERROR ? why : null,
        usage);
  }
}
