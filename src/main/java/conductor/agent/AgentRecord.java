package conductor.agent;

import conductor.effect.AgentStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is and how it stands, for readers: {@code agents/<name>.json}.
 *
 * @param id {@code <run>:<name>}
 * @param since when it got its status
 * @param turns how many prompts it got
 * @param error why its last turn failed
 * @param seconds how long its turns took together
 */
public record AgentRecord(
    String id,
    String name,
    String workflowId,
    @Nullable String envId,
    String agentType,
    AgentStatus status,
    Instant since,
    int turns,
    @Nullable String error,
    double seconds) {

  AgentRecord with(AgentStatus status, int turns, @Nullable String error, Instant at) {
    boolean ran = this.status == AgentStatus.RUNNING;
    double took = ran ? java.time.Duration.between(since, at).toMillis() / 1000.0 : 0;
    return new AgentRecord(
        id, name, workflowId, envId, agentType, status, at, turns, error, seconds + took);
  }

  /** As it stands in the file. */
  Map<String, @Nullable Object> json() {
    var json = new java.util.LinkedHashMap<String, @Nullable Object>();
    json.put("v", 1);
    json.put("id", id);
    json.put("name", name);
    json.put("workflow_id", workflowId);
    json.put("env_id", envId);
    json.put("agent_type", agentType);
    json.put("status", status.name().toLowerCase(Locale.ROOT));
    json.put("since", since.toString());
    json.put("turns", turns);
    json.put("error", error);
    json.put("usage", Map.of("seconds", Math.round(seconds * 1000) / 1000.0));
    return json;
  }
}
