package conductor.script.groovy;

import conductor.effect.vocabulary.Vocabulary;
import conductor.script.CompiledCache;
import conductor.script.CompiledParts;
import conductor.script.Library;
import conductor.script.Needs;
import conductor.script.ScriptInfo;
import conductor.script.SourceName;
import conductor.script.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Keeps compiled workflows in a library's {@link CompiledCache}, and finds them there. A workflow
 * is kept when that is all there is to know of it: it has no effects of its own, nothing is to be
 * warned of, and it loads no further classes by name when it runs. Scripts of one name and text
 * that import different files, as those of two projects may, are kept beside each other.
 */
final class KeptWorkflow {

  /** What is not refused of the ways to load a class by name, and what the author allows. */
  private static final Pattern LOADS =
      Pattern.compile("loadClass|lassLoader|\\bevaluate\\b|" + GroovyChecks.ALLOWED);

  private KeptWorkflow() {}

  /** Returns a workflow that was kept; empty when it has to be compiled. */
  static Optional<Workflow> find(String name, String text, Library library) {
    if (!library.effects().isEmpty()) {
      return Optional.empty();
    }
    try {
      return library.compiled().stream()
          .flatMap(cache -> cache.variants(cache.key(name, text)).stream().map(cache::find))
          .flatMap(Optional::stream)
          .flatMap(kept -> CompiledScript.of(kept).stream())
          .flatMap(script -> found(name, text, script, library).stream())
          .findFirst();
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty(); // compiling says what is wrong, if anything is
    }
  }

  /** Returns a workflow that was kept; empty when it was compiled with other files than these. */
  private static Optional<Workflow> found(
      String name, String text, CompiledScript script, Library library) {
    return script.loaded(library).map(files -> workflow(name, text, files, script));
  }

  /**
   * Keeps a workflow that was compiled, if it can be kept.
   *
   * @param main the name of its class
   */
  static void keep(
      String name,
      Sources sources,
      Library library,
      GroovyCompiler compiler,
      String main,
      Needs needs) {
    if (library.compiled().isEmpty()
        || !compiler.own.definitions.isEmpty()
        || !compiler.warnings().isEmpty()
        || sources.names().stream().anyMatch(unit -> LOADS.matcher(sources.text(unit)).find())) {
      return;
    }
    try {
      CompiledCache cache = library.compiled().get();
      CompiledScript script = script(sources, compiler, main, needs);
      cache.keep(cache.key(name, sources.text(name)), script.variant(), script.bytes());
    } catch (RuntimeException e) {
      // it is compiled again next time
    }
  }

  /**
   * Returns what was compiled, with the files as they were when they were looked for and read: they
   * may have changed since.
   */
  private static CompiledScript script(
      Sources sources, GroovyCompiler compiler, String main, Needs needs) {
    var looked = new TreeMap<String, String>();
    compiler.looked.forEach((name, file) -> {
      if (file.isEmpty()) {
        looked.put(name, "");
      } else {
        String unit = GroovyCompiler.unit(file.get());
        if (!sources.names().contains(unit)) {
          throw new IllegalStateException(file.get() + " was found and not read");
        }
        looked.put(name, CompiledScript.digest(sources.text(unit)));
      }
    });
    return new CompiledScript(
        main, looked, new CompiledParts(compiler.classes(), compiler.parameters.found, needs));
  }

  private static Workflow workflow(
      String name, String text, Map<Path, String> files, CompiledScript compiled) {
    var sources = new Sources();
    sources.frames().add(SourceName.last(name));
    sources.add(name, text);
    files.forEach((file, read) -> {
      sources.frames().add(SourceName.last(file.toString()));
      sources.add(GroovyCompiler.unit(file), read);
    });
    var runtime = new ScriptRuntime(sources.frames(), new OwnEffects(sources));
    Class<?> script = load(compiled, runtime);
    return new Workflow(
        name,
        new ScriptInfo(ScriptInfo.description(text), compiled.parts().parameters()),
        List.of(),
        compiled.parts().needs(),
        Vocabulary.standard(),
        Map.of(),
        List.copyOf(files.keySet()),
        (params, issue) ->
            new GroovyWorkflow.Compiled(
                script, List.of(), params, issue, runtime, new Explanation(name, sources)));
  }

  private static Class<?> load(CompiledScript compiled, ScriptRuntime runtime) {
    RecordProperties.install();
    var loader = new CompiledLoader(compiled.parts().classes(), GroovyWords.TYPE.getClassLoader());
    try {
      Class<?> holder = loader.loadClass(YieldClass.NAME);
      InvokerHelper.setProperty(holder, YieldClass.PERFORMING, runtime);
      return loader.loadClass(compiled.main());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
