package conductor.script.java;

import conductor.effect.vocabulary.Vocabulary;
import conductor.script.CompiledCache;
import conductor.script.CompiledParts;
import conductor.script.Finding;
import conductor.script.KnownEffects;
import conductor.script.Library;
import conductor.script.ScriptErrors;
import conductor.script.ScriptInfo;
import conductor.script.SourceName;
import conductor.script.Workflow;
import conductor.script.groovy.GroovyWorkflow;
import conductor.script.groovy.Sources;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles and checks workflows in Java, {@code .jsh}, without running any of them. A workflow is
 * kept in the library's {@link CompiledCache} and found there when that is all there is to know of
 * it: there are no effects of its own, and nothing is to be warned of.
 */
public final class JavaWorkflow {

  private JavaWorkflow() {}

  /**
   * Compiles a workflow.
   *
   * @param name the file as the user gave it
   * @param read its text
   * @param library the files that define effects, and where compiled workflows are kept
   * @throws ScriptErrors when it does not compile or fails its checks
   */
  public static Workflow compile(String name, String read, Library library) {
    String text = Sources.withoutMark(read);
    var sources = new Sources();
    KnownEffects effects = GroovyWorkflow.effects(library::file, library.effects(), sources);
    Optional<CompiledCache> cache =
        library.effects().isEmpty() ? library.compiled() : Optional.empty();
    var findings = new ArrayList<Finding>();
    CompiledSnippets compiled =
        cache
            .flatMap(kept -> kept.find(kept.key(name, text)))
            .flatMap(CompiledSnippets::of)
            .orElseGet(() -> compiled(name, text, effects.vocabulary(), findings, cache));
    sources.frames().add(SourceName.last(name));
    sources.add(name, text);
    return new Workflow(
        name,
        new ScriptInfo(ScriptInfo.description(text), compiled.parts().parameters()),
        findings,
        compiled.parts().needs(),
        effects.vocabulary(),
        effects.files(),
        effects.loaded(),
        (params, issue) -> new JavaProgram(compiled, effects, params, issue, name, sources));
  }

  /**
   * Compiles a text, and keeps what was made of it unless there is something to warn of.
   *
   * @param findings takes the warnings
   * @throws ScriptErrors when it does not compile or fails its checks
   */
  private static CompiledSnippets compiled(
      String file,
      String text,
      Vocabulary vocabulary,
      List<Finding> findings,
      Optional<CompiledCache> cache) {
    CompiledSnippets compiled = compiled(file, text, vocabulary, findings);
    if (findings.isEmpty()) {
      cache.ifPresent(kept -> keep(compiled, kept, kept.key(file, text)));
    }
    return compiled;
  }

  private static void keep(CompiledSnippets compiled, CompiledCache cache, String key) {
    try {
      cache.keep(key, compiled.bytes());
    } catch (UncheckedIOException e) {
      // it has a text that is too long to be kept, and is compiled again next time
    }
  }

  /** Compiles a text, up to the first snippet that crashes the compiler. */
  private static CompiledSnippets compiled(
      String file, String text, Vocabulary vocabulary, List<Finding> findings) {
    try (var shell = new JavaShell()) {
      var source = new JavaSource(file, text, shell.analysis());
      List<String> beginning = shell.begin(JavaPrelude.of(vocabulary));
      var steps = new ArrayList<JavaStep>();
      for (JavaSource.Snippet snippet : source.snippets) {
        JavaStep step = shell.compile(source, snippet);
        steps.add(step);
        findings.addAll(step.findings);
        if (shell.isBroken()) {
          break; // later snippets would only be reported to lack this one
        }
      }
      findings.addAll(shell.unresolved());
      List<JavaShell.Wrapped> wrapped =
          steps.stream().flatMap(step -> step.wrapped.stream()).toList();
      var checks = new JavaChecks(source, wrapped, vocabulary, Set.of(), false);
      findings.addAll(checks.findings());
      ScriptErrors.refuse(findings);
      var instrumentation = new JavaInstrumentation(shell.types(), false);
      wrapped.forEach(instrumentation::place);
      return new CompiledSnippets(
          new CompiledParts(instrumentation.all(), source.parameters, checks.needs()),
          beginning,
          steps.stream().map(JavaStep::evaluation).toList());
    }
  }
}
