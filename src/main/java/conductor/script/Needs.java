package conductor.script;

import java.util.List;
import java.util.Set;

/**
 * The effects, agents and issue that a workflow needs, known without running it, so that what is
 * missing is reported before a run begins.
 */
public interface Needs {

  /** Returns the names of the effects that the scripts mention. */
  Set<String> effects();

  /** Returns the agent types that the scripts name. */
  Set<String> agentTypes();

  /** Returns whether the scripts run an agent without naming its type. */
  boolean defaultAgent();

  /**
   * Returns whether the scripts handle {@code RunAgent} themselves, so that perhaps no agent is
   * run.
   */
  boolean handlesAgents();

  /** Returns whether the script uses {@code issue} as one that is always given. */
  boolean needsIssue();

  /** Returns the places where the scripts yield. */
  List<YieldSite> sites();
}
