package conductor.script.java;

import conductor.script.Finding;
import conductor.script.java.JavaEvaluation.Moved;
import conductor.script.java.JavaEvaluation.Variable;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.Snippet;

/** A compiled snippet. {@link JavaShell} fills it. */
final class JavaStep {

  final JavaSource.Snippet snippet;

  /** The definitions and expressions that it consists of. */
  final List<Snippet> made = new ArrayList<>();

  /** Earlier definitions that are no longer in force. */
  final List<Snippet> replaced = new ArrayList<>();

  final List<JavaShell.Wrapped> wrapped = new ArrayList<>();

  /** The variables that it declares, or whose class it compiles anew. */
  final List<Variable> variables = new ArrayList<>();

  /** Variables whose class was compiled anew; they take their values before the evaluation. */
  final List<Moved> moved = new ArrayList<>();

  /** Variables that take the value of others after the evaluation. */
  final List<Moved> settled = new ArrayList<>();

  final List<Finding> findings = new ArrayList<>();

  /** The methods that evaluate it, in order: {@code type method}. */
  List<String> calls = List.of();

  boolean hasValue;

  JavaStep(JavaSource.Snippet snippet) {
    this.snippet = snippet;
  }

  JavaEvaluation evaluation() {
    return new JavaEvaluation(List.copyOf(moved), calls, List.copyOf(settled), hasValue);
  }
}
