package conductor.script.java;

import conductor.script.Finding;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.Snippet;

/**
 * A compiled snippet.
 *
 * @param made the definitions and expressions that it consists of
 * @param replaced earlier definitions that are no longer in force
 * @param wrapped the classes made of it
 * @param variables the variables that it declares, or whose class it compiles anew
 * @param moved variables whose class was compiled anew, with those whose value they take before the
 *     evaluation
 * @param settled variables that take the value of others after the evaluation
 * @param calls the methods that evaluate it, in order: {@code type method}
 * @param hasValue whether it is an expression
 * @param findings the compiler's errors
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

  /** Returns a step whose lists are still to be filled. */
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

  /** Returns the finished step. */
  JavaStep ended(List<String> calls, boolean hasValue) {
    return new JavaStep(
        snippet, made, replaced, wrapped, variables, moved, settled, calls, hasValue, findings);
  }
}
