package conductor.script;

import java.util.List;
import java.util.Set;

/** What a workflow uses, so that what is missing can be told before anything runs. */
public interface Needs {

  /** The names of the effects that the scripts mention. */
  Set<String> effects();

  /** The agent types that the scripts name. */
  Set<String> agentTypes();

  /** Whether some agent is run without naming its type. */
  boolean defaultAgent();

  /** Whether scripts themselves answer for agents, so that perhaps none is run. */
  boolean handlesAgents();

  /** Whether the script takes for granted that there is an issue. */
  boolean needsIssue();

  /** The places where the scripts yield. */
  List<YieldSite> sites();
}
