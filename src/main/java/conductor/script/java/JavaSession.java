package conductor.script.java;

import conductor.effect.Entered;
import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Finding;
import conductor.script.Forgetting;
import conductor.script.KnownEffects;
import conductor.script.ScriptErrors;
import conductor.script.Session;
import conductor.script.groovy.Entries;
import conductor.script.groovy.GroovyWorkflow;
import conductor.script.java.JavaEvaluation.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * A session in Java. JShell compiles all of an entry before any of it runs; the code runs on the
 * thread of the run's branch.
 */
public final class JavaSession implements Session {

  /** The suffix of files that hold workflows in Java. */
  public static final String SUFFIX = ".jsh";

  private final Entries entries = new Entries();
  private final JavaShell shell = new JavaShell();
  private final JavaInstrumentation instrumentation = new JavaInstrumentation(shell.types(), true);
  private final JavaClasses classes = new JavaClasses(instrumentation::instrumented);
  private final KnownEffects effects;
  private final JavaEditorSupport typing;
  private volatile JavaSessionWriter transcript = new JavaSessionWriter();
  private final Set<Variable> fields = new LinkedHashSet<>();
  private final Set<String> types = new HashSet<>();
  private final List<String> beginning;
  private final Map<String, @Nullable Object> params;
  private final @Nullable Issue issue;
  private @Nullable JavaRun run;

  public JavaSession(
      Function<String, Optional<Path>> library,
      List<Path> files,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue) {
    this.effects = GroovyWorkflow.effects(library, files, entries.sources());
    this.typing = new JavaEditorSupport(effects.vocabulary(), shell.analysis());
    this.params = new LinkedHashMap<>(params);
    this.issue = issue;
    var declarations = new ArrayList<>(JavaPrelude.of(effects.vocabulary()));
    params.forEach((name, value) -> declarations.add(declaration(name, value)));
    this.beginning = shell.begin(declarations);
  }

  private static String declaration(String name, @Nullable Object value) {
    String type =
        switch (value) {
          case String _ -> "String";
          case Boolean _ -> "boolean";
          case Integer _ -> "int";
          case Long _ -> "long";
          case Double _ -> "double";
          case List<?> _ -> "List<Object>";
          case Map<?, ?> _ -> "Map<String, Object>";
          case null, default -> "Object";
        };
    return "%s %s = (%s) given(\"%s\");".formatted(type, name, type, name);
  }

  @Override
  public Reading read(String text) {
    return typing.read(text);
  }

  @Override
  public boolean isInText(String text) {
    return typing.isInText(text);
  }

  @Override
  public void by(Performer performer) {
    run = new JavaRun(performer, effects, entries.sources().frames(), params, issue);
    try {
      run.call(() -> {
        for (String call : beginning) {
          classes.call(call);
        }
        return null;
      });
    } catch (Exception e) {
      throw new IllegalStateException("a session cannot begin: " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object evaluate(Entered entered) throws Throwable {
    return evaluate(entered, false);
  }

  @Override
  public @Nullable Object follow(Entered script) throws Throwable {
    return evaluate(script, true);
  }

  private @Nullable Object evaluate(Entered entered, boolean keeps) throws Throwable {
    String unit = entries.next(entered);
    entries.sources().add(unit, entered.text());
    var source = new JavaSource(unit, entered.text(), shell.analysis());
    entries.sources().frames().add(source.fileName());
    List<JavaStep> steps = compiled(source);
    Object value = null;
    for (int at = 0; at < steps.size(); at++) {
      try {
        value = run(steps.get(at), keeps);
        if (Thread.interrupted()) { // the call could not be interrupted
          throw new InterruptedException();
        }
      } catch (Throwable e) {
        undo(steps.subList(at, steps.size()));
        throw e;
      }
      transcript.add(source, steps.get(at));
      if (value instanceof Returned(var returned)) {
        undo(steps.subList(at + 1, steps.size()));
        return returned;
      }
    }
    return value;
  }

  private List<JavaStep> compiled(JavaSource source) {
    var steps = new ArrayList<JavaStep>();
    var findings = new ArrayList<Finding>();
    var wrapped = new ArrayList<JavaShell.Wrapped>();
    for (JavaSource.Snippet snippet : source.snippets) {
      JavaStep step = shell.compile(source, snippet);
      steps.add(step);
      findings.addAll(step.findings);
      wrapped.addAll(step.wrapped);
      fields.addAll(step.variables);
      if (shell.isBroken() && !step.findings.isEmpty()) {
        break; // later snippets would only be reported to lack this one
      }
    }
    findings.addAll(new JavaChecks(source, wrapped, effects.vocabulary(), types, true).findings());
    if (findings.stream().anyMatch(Finding::error)) {
      undo(steps);
      throw new ScriptErrors(findings.stream().distinct().toList());
    }
    types.addAll(JavaTokens.of(source.text).types());
    wrapped.forEach(instrumentation::place);
    return steps;
  }

  private @Nullable Object run(JavaStep step, boolean keeps) throws Throwable {
    var before = new LinkedHashMap<Variable, @Nullable Object>();
    if (!keeps) {
      fields.forEach(field -> before.put(field, classes.value(field)));
    }
    try {
      return Objects.requireNonNull(run, "not running").call(() -> classes.run(step.evaluation()));
    } catch (SPIResolutionException e) {
      before.forEach(classes::set);
      throw missing(e);
    } catch (Throwable e) {
      before.forEach(classes::set);
      throw e;
    }
  }

  /** Returns the error for code that uses something not defined yet. */
  private Throwable missing(SPIResolutionException thrown) {
    String names =
        String.join("; ", shell.unresolved().stream().map(Finding::message).distinct().toList());
    var error = new IllegalStateException(names);
    error.setStackTrace(thrown.getStackTrace());
    return error;
  }

  /** Undoes the definitions of steps, as if they had never been entered. */
  private void undo(List<JavaStep> steps) {
    for (JavaStep step : steps.reversed()) {
      shell
          .undo(step, instrumentation::place)
          .forEach((was, is) -> {
            fields.add(is);
            classes.set(is, classes.value(was));
          });
    }
  }

  @Override
  public void forget(Forgetting what) {
    shell.definitions().forget(what);
    if (what instanceof Forgetting.All) {
      transcript = new JavaSessionWriter();
      types.clear();
    }
  }

  @Override
  public List<Entered> entered() {
    return entries.all();
  }

  @Override
  public List<String> imports() {
    return shell.definitions().imports();
  }

  @Override
  public List<String> definitions() {
    return shell.definitions().names();
  }

  @Override
  public Map<String, @Nullable Object> variables() {
    var variables = new LinkedHashMap<String, @Nullable Object>();
    for (Variable variable : shell.variables()) {
      if (!variable.name().startsWith("$")) {
        variables.put(variable.name(), classes.value(variable));
      }
    }
    return Collections.unmodifiableMap(variables);
  }

  @Override
  public String shown(@Nullable Object value) {
    return JavaValues.shown(value);
  }

  @Override
  public String explain(Throwable error) {
    return entries.explain(error);
  }

  @Override
  public String saved() {
    return transcript.script();
  }

  @Override
  public String suffix() {
    return SUFFIX;
  }

  @Override
  public Vocabulary vocabulary() {
    return effects.vocabulary();
  }

  @Override
  public String shape(Signature effect) {
    return JavaEditorSupport.shape(effect);
  }

  @Override
  public Optional<String> example(Signature effect) {
    return Optional.empty();
  }

  @Override
  public String running(String workflow) {
    return "perform(RunWorkflow(%s))".formatted(JavaValues.shown(workflow));
  }

  @Override
  public Suggested suggest(String text, int cursor) {
    return typing.suggest(text, cursor, variables());
  }

  @Override
  public String signature(String text, int cursor) {
    return typing.signature(text.substring(0, cursor), shell.methods());
  }

  @Override
  public List<Colored> colored(String text) {
    return typing.colored(text);
  }
}
