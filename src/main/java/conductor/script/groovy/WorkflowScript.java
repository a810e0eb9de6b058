package conductor.script.groovy;

import conductor.script.ScriptInfo;
import groovy.lang.Script;
import org.jspecify.annotations.Nullable;

/**
 * The base class of workflow scripts, with the methods that generated code calls. Parameters are
 * variables of the binding.
 */
public abstract class WorkflowScript extends Script {

  /** Returns whether a parameter was given a value. */
  protected boolean _given_(String name) {
    return getBinding().hasVariable(name);
  }

  /** Returns the default of a parameter, converted to its declared type. */
  protected @Nullable Object _default_(String name, String type, @Nullable Object value) {
    return ScriptInfo.ofDefault(name, type, value);
  }
}
