package conductor.script.java;

import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compiles a workflow in Java without running any of it. */
final class JavaCompiler {

  private JavaCompiler() {}

  /**
   * A compiled workflow.
   *
   * @param types the classes' bytes, by name
   * @param beginning the methods to call before anything else: {@code type method}
   * @param steps the snippets to evaluate, in order; if the last one has a value, it is the result
   * @param findings what the compiler reported
   */
  record Compiled(
      JavaSource source,
      Map<String, byte[]> types,
      List<String> beginning,
      List<JavaStep> steps,
      List<Finding> findings) {

    /** Returns the classes of all steps. */
    List<JavaShell.Wrapped> wrapped() {
      return steps.stream().flatMap(step -> step.wrapped.stream()).toList();
    }
  }

  /**
   * Compiles a file, up to the first snippet that crashes the compiler.
   *
   * @param file as the user gave it
   * @param vocabulary the effects that it may use
   */
  static Compiled compile(String file, String text, Vocabulary vocabulary) {
    try (var shell = new JavaShell()) {
      var source = new JavaSource(file, text, shell.analysis());
      List<String> beginning = shell.begin(JavaPrelude.of(vocabulary));
      var steps = new ArrayList<JavaStep>();
      var findings = new ArrayList<Finding>();
      for (JavaSource.Snippet snippet : source.snippets()) {
        JavaStep step = shell.compile(source, snippet);
        steps.add(step);
        findings.addAll(step.findings);
        if (shell.isBroken()) {
          break; // later snippets would only be reported to lack this one
        }
      }
      findings.addAll(shell.unresolved());
      return new Compiled(source, Map.copyOf(shell.types()), beginning, steps, findings);
    }
  }
}
