package conductor.script;

import conductor.effect.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compiles and checks workflows in Java, {@code .jsh}. */
final class JavaWorkflow {

  /** How their files' names end. */
  static final String SUFFIX = ".jsh";

  private JavaWorkflow() {}

  /**
   * Compiles a workflow.
   *
   * @throws ScriptErrors when it does not compile or fails its checks
   */
  static Workflow compile(String name, String text) {
    var compiled = JavaCompiler.compile(name, text);
    String file = Sources.file(name).getFileName().toString();
    var frames = new Frames();
    frames.add(file);
    var findings = new ArrayList<>(compiled.findings());
    var checks = new JavaChecks(compiled.source(), compiled.wrapped(), false);
    findings.addAll(checks.findings());
    Workflow.refuse(findings);
    var sources = new Sources(frames);
    sources.add(name, text);
    var info = new ScriptInfo(ScriptInfo.description(text), compiled.source().parameters());
    return new Workflow(
        name,
        info,
        findings,
        checks,
        Vocabulary.standard(),
        Map.of(),
        List.of(),
        (params, issue) ->
            new JavaProgram(
                compiled, params, issue, frames, new Explanation(name, sources, frames)));
  }
}
