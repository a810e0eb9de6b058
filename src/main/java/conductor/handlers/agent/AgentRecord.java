package conductor.handlers.agent;

import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.handlers.agent.protocol.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent's status and usage, as {@code agents/<name>.json} publishes them.
 *
 * @param since when the agent got its status
 * @param why the reason for the status; empty when there is none
 * @param turns how many prompts the agent got
 * @param seconds how long its turns took in total
 * @param usage what its turns used in total
 */
record AgentRecord(
    AgentRef agent,
    AgentStatus status,
    Instant since,
    String why,
    int turns,
    double seconds,
    Usage usage) {

  /** Returns the record of an agent that has done nothing yet. */
  static AgentRecord begun(AgentRef agent, Instant at) {
    return new AgentRecord(agent, AgentStatus.PENDING, at, "", 0, 0, Usage.NONE);
  }

  AgentRecord with(AgentStatus status, String why, Instant at) {
    Instant from = status == this.status ? since : at;
    return new AgentRecord(agent, status, from, why, turns, seconds, usage);
  }

  AgentRecord withCosts(int turns, double seconds, Usage usage) {
    return new AgentRecord(agent, status, since, why, turns, seconds, usage);
  }

  /** Returns the fields of the file. */
  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("v", 1);
    json.put("id", agent.id());
    json.put("name", agent.name());
    json.put("workflow_id", agent.workflowId());
    json.put("env_id", agent.envId());
    json.put("agent_type", agent.agentType());
    json.put("status", status.name().toLowerCase(Locale.ROOT));
    json.put("since", since.toString());
    json.put("why", why.isEmpty() ? null : why);
    json.put("turns", turns);
    json.put("error", status == AgentStatus.ERROR ? why : null);
    json.put("usage", costs());
    return json;
  }

  private Map<String, @Nullable Object> costs() {
    var costs = new LinkedHashMap<String, @Nullable Object>();
    costs.put("input_tokens", usage.inputTokens());
    costs.put("output_tokens", usage.outputTokens());
    costs.put("cost_usd", usage.costUsd());
    costs.put("seconds", Math.round(seconds * 1000) / 1000.0);
    return costs;
  }
}
