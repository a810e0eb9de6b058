package conductor.script.groovy;

import conductor.script.Frames;
import conductor.script.Library;
import conductor.script.ScriptErrors;
import conductor.script.ScriptInfo;
import conductor.script.Workflow;
import java.util.List;

/** Compiles and checks workflows in Groovy. */
public final class GroovyWorkflow {

  private GroovyWorkflow() {}

  /**
   * Compiles a workflow.
   *
   * @param name the file as the user gave it
   * @param library the files that it may import, and those that define effects
   * @throws ScriptErrors when it, or a file of the library that it needs, does not compile or fails
   *     its checks
   */
  public static Workflow compile(String name, String text, Library library) {
    var frames = new Frames();
    var sources = new Sources(frames);
    var compiler = new GroovyCompiler(WorkflowScript.class, sources, true, library::file);
    var requirements = new Requirements(compiler.own());
    compiler.add(requirements);
    List<Class<?>> effects = compiler.effects(library.effects());
    Class<?> script = compiler.script(name, text);
    var explanation = new Explanation(name, sources, frames);
    return new Workflow(
        name,
        new ScriptInfo(ScriptInfo.description(text), compiler.parameters().found()),
        compiler.warnings(),
        requirements.needs(),
        compiler.own().vocabulary(),
        compiler.definitions(),
        compiler.loaded(),
        (params, issue) ->
            new GroovyProgram(script, effects, params, issue, compiler.runtime(), explanation));
  }
}
