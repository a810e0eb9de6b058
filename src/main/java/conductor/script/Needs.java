package conductor.script;

import java.util.List;
import java.util.Set;

/**
 * The effects, agents and issue that a workflow needs, known without running it, so that what is
 * missing is reported before a run begins.
 *
 * @param effects the names of the effects that the scripts mention
 * @param agentTypes the agent types that the scripts name
 * @param defaultAgent whether the scripts run an agent without naming its type
 * @param handlesAgents whether the scripts handle {@code RunAgent} themselves, so that perhaps no
 *     agent is run
 * @param issue whether the script uses {@code issue} as one that is always given
 * @param sites the places where the scripts yield
 */
public record Needs(
    Set<String> effects,
    Set<String> agentTypes,
    boolean defaultAgent,
    boolean handlesAgents,
    boolean issue,
    List<YieldSite> sites) {}
