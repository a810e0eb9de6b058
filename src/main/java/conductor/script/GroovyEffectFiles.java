package conductor.script;

import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** Compiles the files that define effects for workflows that are not in Groovy themselves. */
final class GroovyEffectFiles {

  private GroovyEffectFiles() {}

  /**
   * The effects of files.
   *
   * @param library where the files of classes that they import are, by their relative paths
   * @throws ScriptErrors when a file does not compile or fails its checks
   */
  static KnownEffects of(
      Function<String, Optional<Path>> library, List<Path> files, Sources sources, Frames frames) {
    if (files.isEmpty()) {
      return KnownEffects.standard();
    }
    var own = new OwnEffects(sources);
    var parameters = new Parameters();
    var checks = new Checks(sources, own, parameters);
    var configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(WorkflowScript.class.getName());
    configuration.setPluginFactory(sources);
    configuration.setTolerance(10);
    configuration.addCompilationCustomizers(
        Workflow.imports(), new IterationVariables(), parameters, own, checks);
    try {
      @SuppressWarnings("resource") // lives as long as the workflow's classes
      var loader = new GroovyClassLoader(Workflow.class.getClassLoader(), configuration);
      loader.setResourceLoader(type -> found(library, type));
      ScriptRuntime performing = Workflow.performing(loader, frames, own);
      List<Class<?>> scripts = Workflow.effects(loader, files, sources);
      Workflow.refuse(Stream.concat(own.findings().stream(), checks.findings().stream()).toList());
      Replies.install();
      return known(own, performing, scripts, sources);
    } catch (MultipleCompilationErrorsException e) {
      throw new ScriptErrors(Workflow.findings(e, files.getFirst().toString(), sources));
    }
  }

  private static KnownEffects known(
      OwnEffects own, ScriptRuntime performing, List<Class<?>> scripts, Sources sources) {
    var instances = new LinkedHashMap<String, Object>();
    scripts.forEach(
        type -> instances.put(type.getName(), InvokerHelper.createScript(type, new Binding())));
    return new KnownEffects(
        own.vocabulary(),
        performing.answers(),
        performing::own,
        performer -> performing.by(performer, instances),
        Workflow.definitions(own),
        Workflow.loaded(sources));
  }

  private static @Nullable URL found(Function<String, Optional<Path>> library, String type)
      throws MalformedURLException {
    Optional<Path> file = library.apply(Workflow.file(type));
    return file.isPresent() ? file.get().toUri().toURL() : null;
  }
}
