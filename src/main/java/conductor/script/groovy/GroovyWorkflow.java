package conductor.script.groovy;

import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.script.KnownEffects;
import conductor.script.Library;
import conductor.script.ScriptErrors;
import conductor.script.ScriptInfo;
import conductor.script.Workflow;
import groovy.lang.Binding;
import groovy.lang.Script;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** Compiles and checks workflows in Groovy, and what Groovy files define for other languages. */
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
    return KeptWorkflow.find(name, text, library).orElseGet(() -> compiled(name, text, library));
  }

  private static Workflow compiled(String name, String text, Library library) {
    var sources = new Sources();
    var compiler = new GroovyCompiler(WorkflowScript.class, sources, true, library::file);
    var requirements = new Requirements(compiler.own);
    compiler.add(requirements);
    List<Class<?>> effects = compiler.effects(library.effects());
    Class<?> script = compiler.script(name, text);
    KeptWorkflow.keep(name, sources, library, compiler, script.getName(), requirements.needs());
    return new Workflow(
        name,
        new ScriptInfo(ScriptInfo.description(text), compiler.parameters.found),
        compiler.warnings(),
        requirements.needs(),
        compiler.own.vocabulary(),
        compiler.definitions(),
        compiler.loaded(),
        (params, issue) ->
            new Compiled(
                script, effects, params, issue, compiler.runtime, new Explanation(name, sources)));
  }

  /**
   * Compiles files that define effects, for workflows in another language; returns their effects
   * and the built-in ones.
   *
   * @param library finds the file of an imported class by its relative path
   * @param sources keeps the files' texts, for error messages
   * @throws ScriptErrors when a file does not compile or fails its checks
   */
  public static KnownEffects effects(
      Function<String, Optional<Path>> library, List<Path> files, Sources sources) {
    if (files.isEmpty()) {
      return KnownEffects.standard();
    }
    var compiler = new GroovyCompiler(WorkflowScript.class, sources, true, library);
    Map<String, Object> instances = instances(compiler.effects(files));
    return new KnownEffects(
        compiler.own.vocabulary(),
        compiler.runtime.answers(),
        compiler.runtime::own,
        performer -> compiler.runtime.by(performer, instances),
        compiler.definitions(),
        compiler.loaded());
  }

  /** Returns new instances of the scripts that define effects, by their classes' names. */
  static Map<String, Object> instances(List<Class<?>> effects) {
    var instances = new LinkedHashMap<String, Object>();
    effects.forEach(
        type -> instances.put(type.getName(), InvokerHelper.createScript(type, new Binding())));
    return instances;
  }

  /** A compiled script with its parameters and issue. */
  record Compiled(
      Class<?> script,
      List<Class<?>> effects,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue,
      ScriptRuntime runtime,
      Explanation explanation)
      implements Program {

    @Override
    public @Nullable Object run(Performer performer) {
      var variables = new LinkedHashMap<String, @Nullable Object>(params);
      variables.put("params", new LinkedHashMap<>(params));
      variables.put("issue", issue);
      Script main = InvokerHelper.createScript(script, new Binding(variables));
      Map<String, Object> instances = instances(effects);
      instances.put(script.getName(), main);
      runtime.by(performer, instances);
      return main.run();
    }

    @Override
    public String explain(Throwable error) {
      return explanation.of(error);
    }
  }
}
