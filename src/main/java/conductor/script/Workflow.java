package conductor.script;

import conductor.effect.Attempt;
import conductor.effect.Failure;
import conductor.effect.Issue;
import conductor.effect.Program;
import conductor.effect.Vocabulary;
import conductor.effect.WorktreeEnv;
import conductor.state.TextFile;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SimpleMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * A workflow in Groovy, compiled and checked. Nothing of it has run. For one run: a second needs a
 * second one.
 */
public final class Workflow {

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparingInt(Finding::column);

  private final String name;
  private final ScriptInfo info;
  private final List<Finding> warnings;
  private final Needs needs;
  private final Vocabulary vocabulary;
  private final Map<String, Path> definitions;
  private final List<Path> loaded;
  private final Maker maker;

  /** Makes the program of a compiled script. */
  interface Maker {
    Program program(Map<String, @Nullable Object> params, @Nullable Issue issue);
  }

  /**
   * A script that was compiled and checked.
   *
   * @param findings all of them; none is an error
   * @param definitions the files that define own effects, by the effects' names
   * @param loaded the files besides the script and those that define effects
   */
  Workflow(
      String name,
      ScriptInfo info,
      List<Finding> findings,
      Needs needs,
      Vocabulary vocabulary,
      Map<String, Path> definitions,
      List<Path> loaded,
      Maker maker) {
    this.name = name;
    this.info = info;
    this.warnings = findings.stream().sorted(ORDER).toList();
    this.needs = needs;
    this.vocabulary = vocabulary;
    this.definitions = Map.copyOf(definitions);
    this.loaded = List.copyOf(loaded);
    this.maker = maker;
  }

  /**
   * Compiles a script.
   *
   * @param name the file as the user gave it
   * @param roots directories in which classes that it imports are looked for, in this order
   * @throws ScriptErrors when it does not compile or fails its checks
   */
  public static Workflow compile(String name, String text, List<Path> roots) {
    return compile(name, text, Library.of(roots));
  }

  /**
   * Compiles a script.
   *
   * @param name the file as the user gave it
   * @throws ScriptErrors when it, or a file of the library that it needs, does not compile or fails
   *     its checks
   */
  public static Workflow compile(String name, String text, Library library) {
    return name.endsWith(JavaWorkflow.SUFFIX)
        ? JavaWorkflow.compile(name, text, library)
        : groovy(name, text, library);
  }

  private static Workflow groovy(String name, String text, Library library) {
    var frames = new Frames();
    var sources = new Sources(frames);
    var parameters = new Parameters();
    var own = new OwnEffects(sources);
    var checks = new Checks(sources, own, parameters);
    var uses = new Requirements(own);
    var configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(WorkflowScript.class.getName());
    configuration.setPluginFactory(sources);
    configuration.setTolerance(10);
    configuration.addCompilationCustomizers(
        imports(), new IterationVariables(), parameters, own, checks, uses);
    try {
      @SuppressWarnings("resource") // lives as long as the workflow's classes
      var loader = new GroovyClassLoader(Workflow.class.getClassLoader(), configuration);
      loader.setResourceLoader(file -> find(library.roots(), file));
      ScriptRuntime performing = performing(loader, frames, own);
      List<Class<?>> effectScripts = effects(loader, library.effects(), sources);
      Class<?> script = loader.parseClass(new GroovyCodeSource(text, name, "/conductor"), false);
      refuse(Stream.concat(own.findings().stream(), checks.findings().stream()).toList());
      Replies.install();
      var info = new ScriptInfo(ScriptInfo.description(text), parameters.found());
      var explanation = new Explanation(name, sources, frames);
      return new Workflow(
          name,
          info,
          checks.findings(),
          uses,
          own.vocabulary(),
          definitions(own),
          loaded(sources),
          (params, issue) ->
              new GroovyProgram(script, effectScripts, params, issue, performing, explanation));
    } catch (MultipleCompilationErrorsException e) {
      throw new ScriptErrors(findings(e, name, sources));
    }
  }

  static void refuse(List<Finding> findings) {
    if (findings.stream().anyMatch(Finding::error)) {
      throw new ScriptErrors(findings.stream().sorted(ORDER).toList());
    }
  }

  /** Compiles the files that define effects, each in a package of its own. */
  static List<Class<?>> effects(GroovyClassLoader loader, List<Path> files, Sources sources) {
    var scripts = new ArrayList<Class<?>>();
    for (Path file : files) {
      String unit = file.toUri().toString();
      sources.prefix(unit, "package conductor.effects%d;".formatted(scripts.size()));
      scripts.add(
          loader.parseClass(new GroovyCodeSource(TextFile.read(file), unit, "/conductor"), false));
    }
    return scripts;
  }

  static ScriptRuntime performing(GroovyClassLoader loader, Frames frames, OwnEffects own) {
    var performing = new ScriptRuntime(frames, own);
    Class<?> holder = loader.parseClass(ScriptRuntime.SOURCE, ScriptRuntime.FILE);
    InvokerHelper.setProperty(holder, "performing", performing);
    return performing;
  }

  private static java.net.@Nullable URL find(List<Path> roots, String type)
      throws MalformedURLException {
    String relative = file(type);
    for (Path root : roots) {
      Path file = root.resolve(relative);
      if (Files.isRegularFile(file)) {
        return file.toUri().toURL();
      }
    }
    return null;
  }

  /** Where below a root the source of a class is. */
  static String file(String type) {
    return type.replace('.', '/').replaceFirst("\\$.*", "") + ".groovy";
  }

  static ImportCustomizer imports() {
    var imports = new ImportCustomizer();
    imports.addStaticStars(GroovyEffects.class.getName(), ScriptRuntime.CLASS);
    imports.addStarImports(
        WorktreeEnv.class.getPackageName(), "java.time", Path.class.getPackageName());
    imports.addImports(Param.class.getName(), Json.class.getName(), "groovy.transform.Field");
    imports.addImport("Ok", Attempt.Ok.class.getName());
    imports.addImport("Err", Attempt.Err.class.getName());
    failures(Failure.class)
        .forEach(type -> imports.addImport(type.getSimpleName(), type.getName()));
    return imports;
  }

  /** Every type of failure that is not in sight by its package. */
  private static List<Class<?>> failures(Class<?> family) {
    var failures = new ArrayList<Class<?>>();
    for (Class<?> type : family.isSealed() ? family.getPermittedSubclasses() : new Class<?>[0]) {
      failures.addAll(failures(type));
      if (type.isMemberClass()) {
        failures.add(type);
      }
    }
    return failures;
  }

  static List<Finding> findings(
      MultipleCompilationErrorsException errors, String name, Sources sources) {
    return errors.getErrorCollector().getErrors().stream()
        .map(message -> finding(message, name, sources))
        .distinct()
        .toList();
  }

  private static Finding finding(Message message, String name, Sources sources) {
    return switch (message) {
      case SyntaxErrorMessage error -> {
        var cause = error.getCause();
        String file = cause.getSourceLocator() == null ? name : cause.getSourceLocator();
        String said = hinted(cause.getOriginalMessage().strip().replace(Yields.VERB, "yield"));
        int place = sources.offset(file, cause.getLine(), cause.getStartColumn());
        String text =
            said.startsWith("Unexpected input")
                ? said + Unclosed.hint(sources.text(file), place)
                : said;
        yield sources.finding(true, file, cause.getLine(), cause.getStartColumn(), text);
      }
      case ExceptionMessage error ->
          sources.finding(true, name, 1, 1, String.valueOf(error.getCause().getMessage()));
      case SimpleMessage simple -> sources.finding(true, name, 1, 1, simple.getMessage());
      default -> sources.finding(true, name, 1, 1, message.toString());
    };
  }

  /** Says what to use instead of what other Groovy scripts have. */
  private static String hinted(String message) {
    return message.contains("groovy.json") || message.contains("class JsonSlurper")
        ? message.strip() + ": use Json.parse(text), and Json.text(value) to write"
        : message;
  }

  /** What the script says of itself. */
  public ScriptInfo info() {
    return info;
  }

  /** What the checks found that does not stop a run. */
  public List<Finding> warnings() {
    return warnings;
  }

  /** The effects that the script knows, its own and those of the library among them. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  static Map<String, Path> definitions(OwnEffects own) {
    var files = new TreeMap<String, Path>();
    own.definitions()
        .forEach((effect, definition) -> files.put(effect, Sources.file(definition.unit())));
    return files;
  }

  static List<Path> loaded(Sources sources) {
    return sources.names().stream()
        .filter(unit -> unit.startsWith("file:") && !sources.isPrefixed(unit))
        .map(Sources::file)
        .toList();
  }

  /** The files that define own effects, by the effects' names. */
  public Map<String, Path> definitions() {
    return definitions;
  }

  /** The places where the script and the files it loaded yield. */
  public List<YieldSite> yields() {
    return needs.sites();
  }

  /** The name of the script's file, as calls have it. */
  public String fileName() {
    return Sources.file(name).getFileName().toString();
  }

  /** The names of the effects that the script mentions. */
  public Set<String> effects() {
    return needs.effects();
  }

  /** The agent types that the script names. */
  public Set<String> agentTypes() {
    return needs.agentTypes();
  }

  /** Whether the script runs an agent without naming its type. */
  public boolean usesDefaultAgent() {
    return needs.defaultAgent();
  }

  /** Whether the script itself answers for agents, so that perhaps none is run. */
  public boolean handlesAgents() {
    return needs.handlesAgents();
  }

  /** Whether the script takes for granted that there is an issue. */
  public boolean needsIssue() {
    return needs.needsIssue();
  }

  /** The files that were loaded besides the script and those that define effects. */
  public List<Path> loaded() {
    return loaded;
  }

  /**
   * The workflow with its parameters.
   *
   * @param params by name
   * @param issue what {@code issue} is in the script; null when none was given
   * @throws BadParameters when they are not what the script declares
   */
  public Program program(Map<String, ?> params, @Nullable Issue issue) {
    return maker.program(info.check(params), issue);
  }
}
