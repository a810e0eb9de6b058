package conductor.script.java;

import conductor.script.Finding;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.Snippet;

/**
 * A snippet that was compiled.
 *
 * @param made what it defines or evaluates
 * @param replaced definitions that are no longer in force
 * @param moved variables of classes that were compiled anew, with what they held before
 * @param settled variables that are to hold what others came to hold
 * @param calls the methods that evaluate it, in this order: {@code type method}
 * @param hasValue whether it is an expression
 */
record JavaStep(
    JavaSource.Snippet snippet,
    List<Snippet> made,
    List<Snippet> replaced,
    List<JavaShell.Wrapped> wrapped,
    List<JavaShell.Variable> variables,
    List<JavaShell.Moved> moved,
    List<JavaShell.Moved> settled,
    List<String> calls,
    boolean hasValue,
    List<Finding> findings) {

  /** Returns a step that is under way: its lists grow. */
  static JavaStep begun(JavaSource.Snippet snippet) {
    return new JavaStep(
        snippet,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        List.of(),
        false,
        new ArrayList<>());
  }

  /** Returns the step when it is over. */
  JavaStep ended(List<String> calls, boolean hasValue) {
    return new JavaStep(
        snippet, made, replaced, wrapped, variables, moved, settled, calls, hasValue, findings);
  }
}
