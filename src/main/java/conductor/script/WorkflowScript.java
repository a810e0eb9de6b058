package conductor.script;

import groovy.lang.Script;

/**
 * The base class of workflow scripts: what a compiled script needs besides the verbs. Parameters
 * are variables of the binding.
 */
public abstract class WorkflowScript extends Script {

  /** Whether a parameter was given a value. */
  protected boolean _given_(String name) {
    return getBinding().hasVariable(name);
  }
}
