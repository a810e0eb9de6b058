package conductor.script.java;

import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Finding;
import conductor.script.KnownEffects;
import conductor.script.Library;
import conductor.script.ScriptErrors;
import conductor.script.ScriptInfo;
import conductor.script.SourceName;
import conductor.script.Workflow;
import conductor.script.groovy.Explanation;
import conductor.script.groovy.GroovyWorkflow;
import conductor.script.groovy.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles and checks workflows in Java, {@code .jsh}, without running any of them. */
public final class JavaWorkflow {

  private JavaWorkflow() {}

  /**
   * Compiles a workflow.
   *
   * @param name the file as the user gave it
   * @param read its text
   * @param library the files that it may import, and those that define effects
   * @throws ScriptErrors when it does not compile or fails its checks
   */
  public static Workflow compile(String name, String read, Library library) {
    String text = Sources.withoutMark(read);
    var sources = new Sources();
    KnownEffects effects = GroovyWorkflow.effects(library::file, library.effects(), sources);
    Compiled compiled = compiled(name, text, effects.vocabulary());
    sources.frames().add(SourceName.last(name));
    var findings = new ArrayList<>(compiled.findings());
    var checks =
        new JavaChecks(
            compiled.source(), compiled.wrapped(), effects.vocabulary(), Set.of(), false);
    findings.addAll(checks.findings());
    ScriptErrors.refuse(findings);
    sources.add(name, text);
    return new Workflow(
        name,
        new ScriptInfo(ScriptInfo.description(text), compiled.source().parameters),
        findings,
        checks.needs(),
        effects.vocabulary(),
        effects.files(),
        effects.loaded(),
        (params, issue) -> new Run(compiled, effects, params, issue, name, sources));
  }

  /** Compiles a file, up to the first snippet that crashes the compiler. */
  private static Compiled compiled(String file, String text, Vocabulary vocabulary) {
    try (var shell = new JavaShell()) {
      var source = new JavaSource(file, text, shell.analysis());
      List<String> beginning = shell.begin(JavaPrelude.of(vocabulary));
      var steps = new ArrayList<JavaStep>();
      var findings = new ArrayList<Finding>();
      for (JavaSource.Snippet snippet : source.snippets) {
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

  /**
   * A compiled workflow.
   *
   * @param types the classes' bytes, by name
   * @param beginning the methods to call before anything else: {@code type method}
   * @param steps the snippets to evaluate, in order; if the last one has a value, it is the result
   * @param findings what the compiler reported
   */
  private record Compiled(
      JavaSource source,
      Map<String, byte[]> types,
      List<String> beginning,
      List<JavaStep> steps,
      List<Finding> findings) {

    List<JavaShell.Wrapped> wrapped() {
      return steps.stream().flatMap(step -> step.wrapped.stream()).toList();
    }
  }

  /** A compiled workflow with its parameters and issue. */
  private record Run(
      Compiled compiled,
      KnownEffects effects,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue,
      String name,
      Sources sources)
      implements Program {

    @Override
    public @Nullable Object run(Performer performer) throws Exception {
      var classes = new JavaClasses(compiled.types(), false);
      compiled.wrapped().forEach(classes::place);
      return new JavaRun(performer, effects, sources.frames(), params, issue)
          .call(() -> run(classes));
    }

    private @Nullable Object run(JavaClasses classes) throws Exception {
      for (String call : compiled.beginning()) {
        classes.call(call);
      }
      Object value = null;
      for (JavaStep step : compiled.steps()) {
        Object made = classes.run(step);
        if (made instanceof Returned(var returned)) {
          return returned;
        }
        value = step.hasValue ? made : null;
      }
      return value;
    }

    @Override
    public String explain(Throwable error) {
      return new Explanation(name, sources).of(error);
    }
  }
}
