package conductor.script.groovy;

import org.codehaus.groovy.ast.ASTNode;

/** Receives the findings of the checks. */
@FunctionalInterface
interface Report {

  /**
   * Reports a finding.
   *
   * @param at the place in the script
   * @param error whether it stops a run; else it is a warning
   */
  void found(ASTNode at, boolean error, String message);
}
