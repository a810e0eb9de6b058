package conductor.script.java;

import conductor.script.Frames;
import conductor.script.KnownEffects;
import conductor.script.Library;
import conductor.script.ScriptErrors;
import conductor.script.ScriptInfo;
import conductor.script.SourceName;
import conductor.script.Workflow;
import conductor.script.groovy.Explanation;
import conductor.script.groovy.GroovyEffectFiles;
import conductor.script.groovy.Sources;
import java.util.ArrayList;
import java.util.Set;

/** Compiles and checks workflows in Java, {@code .jsh}. */
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
    var frames = new Frames();
    var sources = new Sources(frames);
    KnownEffects effects = GroovyEffectFiles.of(library::file, library.effects(), sources);
    var compiled = JavaCompiler.compile(name, text, effects.vocabulary());
    String file = SourceName.last(name);
    frames.add(file);
    var findings = new ArrayList<>(compiled.findings());
    var checks =
        new JavaChecks(
            compiled.source(), compiled.wrapped(), effects.vocabulary(), Set.of(), false);
    findings.addAll(checks.findings());
    ScriptErrors.refuse(findings);
    sources.add(name, text);
    var info = new ScriptInfo(ScriptInfo.description(text), compiled.source().parameters());
    return new Workflow(
        name,
        info,
        findings,
        checks.needs(),
        effects.vocabulary(),
        effects.files(),
        effects.loaded(),
        (params, issue) ->
            new JavaProgram(
                compiled, effects, params, issue, frames, new Explanation(name, sources, frames)));
  }
}
