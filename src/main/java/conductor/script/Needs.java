package conductor.script;

import java.util.List;
import java.util.Set;

/** What a workflow uses, so that what is missing can be told before anything runs. */
public interface Needs {

  /** Returns the names of the effects that the scripts mention. */
  Set<String> effects();

  /** Returns the agent types that the scripts name. */
  Set<String> agentTypes();

  /** Returns whether some agent is run without naming its type. */
  boolean defaultAgent();

  /** Returns whether scripts themselves answer for agents, so that perhaps none is run. */
  boolean handlesAgents();

  /** Returns whether the script takes for granted that there is an issue. */
  boolean needsIssue();

  /** Returns the places where the scripts yield. */
  List<YieldSite> sites();
}
