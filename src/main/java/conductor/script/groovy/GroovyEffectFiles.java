package conductor.script.groovy;

import conductor.script.KnownEffects;
import conductor.script.ScriptErrors;
import groovy.lang.Binding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Compiles the Groovy files that define effects for workflows in another language. */
public final class GroovyEffectFiles {

  private GroovyEffectFiles() {}

  /**
   * Returns the built-in effects and those that the files define.
   *
   * @param library finds the file of an imported class by its relative path
   * @param sources keeps the files' texts, for error messages
   * @throws ScriptErrors when a file does not compile or fails its checks
   */
  public static KnownEffects of(
      Function<String, Optional<Path>> library, List<Path> files, Sources sources) {
    if (files.isEmpty()) {
      return KnownEffects.standard();
    }
    var compiler = new GroovyCompiler(WorkflowScript.class, sources, true, library);
    var instances = new LinkedHashMap<String, Object>();
    for (Class<?> type : compiler.effects(files)) {
      instances.put(type.getName(), InvokerHelper.createScript(type, new Binding()));
    }
    ScriptRuntime runtime = compiler.runtime();
    return new KnownEffects(
        compiler.own().vocabulary(),
        runtime.answers(),
        runtime::own,
        performer -> runtime.by(performer, instances),
        compiler.definitions(),
        compiler.loaded());
  }
}
