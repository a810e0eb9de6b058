package conductor.script.groovy;

import org.codehaus.groovy.ast.ASTNode;

/** Takes what a check finds at a place of a script. */
@FunctionalInterface
interface Report {

  /**
   * Something was found.
   *
   * @param error whether it stops a run; else a warning
   */
  void found(ASTNode at, boolean error, String message);
}
