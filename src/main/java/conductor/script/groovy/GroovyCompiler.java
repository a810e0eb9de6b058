package conductor.script.groovy;

import conductor.effect.Attempt;
import conductor.effect.Families;
import conductor.effect.WorktreeEnv;
import conductor.script.Finding;
import conductor.script.Json;
import conductor.script.Param;
import conductor.script.ScriptErrors;
import conductor.script.SourceName;
import conductor.state.TextFile;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * Compiles Groovy with conductor's additions: {@code yield}, words for the effects, own effects,
 * and the checks. One compiler serves all files of a workflow or all entries of a session, because
 * their classes see each other.
 */
final class GroovyCompiler {

  private final Sources sources;
  final OwnEffects own;
  final Parameters parameters = new Parameters();
  private final GroovyChecks checks;

  /** The imports of all texts; one added to it holds for all later texts. */
  final ImportCustomizer imports = imports();

  private final CompilerConfiguration configuration = CompileTimeRefusal.configuration();
  private final RecordingLoader loader;

  /** The library's files that were looked for so far, by relative path, as they were found. */
  final Map<String, Optional<Path>> looked = new TreeMap<>();

  /** The object that the scripts' calls of {@code yield} reach. */
  final ScriptRuntime runtime;

  /**
   * Creates a compiler.
   *
   * @param base the class that scripts extend
   * @param whole whether all names that a script uses are declared in it; false in a session, where
   *     earlier entries may declare them
   * @param library finds the file of an imported class by its relative path
   * @param first visitors of a text before the imports that every script has are added
   */
  GroovyCompiler(
      Class<? extends Script> base,
      Sources sources,
      boolean whole,
      Function<String, Optional<Path>> library,
      CompilationCustomizer... first) {
    this.sources = sources;
    this.own = new OwnEffects(sources);
    this.checks = new GroovyChecks(sources, own, parameters, whole);
    configuration.setScriptBaseClass(base.getName());
    configuration.setPluginFactory(sources);
    configuration.setTolerance(10);
    configuration.addCompilationCustomizers(
        new CompileTimeRefusal(), new IterationVariables(), parameters);
    configuration.addCompilationCustomizers(first);
    configuration.addCompilationCustomizers(imports, own, checks, new YieldLines());
    this.loader = new RecordingLoader(configuration);
    loader.setResourceLoader(type -> find(library, type));
    this.runtime = new ScriptRuntime(sources.frames(), own);
    Class<?> holder = loader.parseClass(YieldClass.SOURCE, YieldClass.FILE);
    InvokerHelper.setProperty(holder, YieldClass.PERFORMING, runtime);
    RecordProperties.install();
  }

  void add(CompilationCustomizer last) {
    configuration.addCompilationCustomizers(last);
  }

  private @Nullable URL find(Function<String, Optional<Path>> library, String type) {
    String relative = type.replace('.', '/').replaceFirst("\\$.*", "") + ".groovy";
    Optional<Path> file = library.apply(relative);
    looked.put(relative, file);
    return file.map(GroovyCompiler::url).orElse(null);
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the name by which Groovy knows an imported file. */
  static String unit(Path file) {
    return url(file).toExternalForm();
  }

  /**
   * Compiles a script and the files that it needs.
   *
   * @param unit its file as the user gave it
   * @throws ScriptErrors when one of them does not compile or fails its checks
   */
  Class<?> script(String unit, String text) {
    try {
      Class<?> type = loader.parseClass(new GroovyCodeSource(text, unit, "/conductor"), false);
      refuse();
      return type;
    } catch (MultipleCompilationErrorsException e) {
      throw new ScriptErrors(CompilerErrors.findings(e, unit, sources));
    }
  }

  /**
   * Compiles the files that define effects, each in a package of its own, and returns their classes
   * in the same order.
   *
   * @throws ScriptErrors when one of them does not compile or fails its checks
   */
  List<Class<?>> effects(List<Path> files) {
    var scripts = new ArrayList<Class<?>>();
    for (Path file : files) {
      String unit = file.toUri().toString();
      sources.prefix(unit, "package conductor.effects%d;".formatted(scripts.size()));
      try {
        scripts.add(
            loader.parseClass(
                new GroovyCodeSource(TextFile.read(file), unit, "/conductor"), false));
      } catch (MultipleCompilationErrorsException e) {
        throw new ScriptErrors(CompilerErrors.findings(e, file.toString(), sources));
      }
    }
    refuse();
    return scripts;
  }

  /** Drops all findings, so that the next text is judged by its own. */
  void forgetFindings() {
    checks.findings.clear();
    own.findings.clear();
  }

  private void refuse() {
    ScriptErrors.refuse(Stream.concat(own.findings.stream(), checks.findings.stream()).toList());
  }

  private static ImportCustomizer imports() {
    var imports = new ImportCustomizer();
    imports.addStaticStars(
        GroovyEffects.class.getName(), GroovyWords.TYPE.getName(), YieldClass.NAME);
    imports.addImports(Param.class.getName(), "groovy.transform.Field");
    addData(imports);
    return imports;
  }

  /** Adds the types of replies and failures, and what goes with them. */
  static void addData(ImportCustomizer imports) {
    imports.addStarImports(
        WorktreeEnv.class.getPackageName(), "java.time", Path.class.getPackageName());
    imports.addImports(Json.class.getName());
    imports.addImport("Ok", Attempt.Ok.class.getName());
    imports.addImport("Err", Attempt.Err.class.getName());
    Families.failures().stream()
        .filter(Class::isMemberClass) // the others are imported with their package
        .forEach(type -> imports.addImport(type.getSimpleName(), type.getName()));
  }

  /** Returns the findings of the checks so far; none is an error. */
  List<Finding> warnings() {
    return List.copyOf(checks.findings);
  }

  /** Returns the bytes of all classes compiled so far, by name. */
  Map<String, byte[]> classes() {
    return loader.classes();
  }

  Map<String, Path> definitions() {
    var files = new TreeMap<String, Path>();
    own.definitions.forEach(
        (effect, definition) -> files.put(effect, SourceName.file(definition.unit())));
    return files;
  }

  /** Returns the files that were loaded besides the script and those that define effects. */
  List<Path> loaded() {
    return sources.names().stream()
        .filter(unit -> unit.startsWith("file:") && !sources.isPrefixed(unit))
        .map(SourceName::file)
        .toList();
  }
}
