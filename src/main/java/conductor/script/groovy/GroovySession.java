package conductor.script.groovy;

import conductor.effect.Entered;
import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Session;
import groovy.lang.Closure;
import groovy.lang.Script;
import groovy.transform.ThreadInterrupt;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.runtime.FormatHelper;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.MethodClosure;
import org.jspecify.annotations.Nullable;

/**
 * A session in Groovy. Each entry becomes a script class of its own; all share one class loader.
 */
public final class GroovySession implements Session {

  private final Entries entries = new Entries();
  private final Sources sources = entries.sources();
  private final TopLevel topLevel = new TopLevel();
  private final Variables variables = new Variables();
  private final Map<String, Closure<?>> methods = new LinkedHashMap<>();
  private final Map<String, Object> instances;
  private final SessionWriter transcript = new SessionWriter(sources);
  private final GroovyCompiler compiler;
  private @Nullable Performer performer;
  private int reached;

  public GroovySession(
      Function<String, Optional<Path>> library,
      List<Path> effects,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue) {
    compiler = new GroovyCompiler(SessionScript.class, sources, false, library, topLevel);
    compiler.add(new ASTTransformationCustomizer(ThreadInterrupt.class));
    instances = GroovyWorkflow.instances(compiler.effects(effects));
    params.forEach(variables::setVariable);
    variables.setVariable("params", new LinkedHashMap<>(params));
    variables.setVariable("issue", issue);
    variables.keep();
  }

  @Override
  public Reading read(String text) {
    return Unfinished.is(text) ? Reading.UNFINISHED : Reading.WHOLE;
  }

  @Override
  public boolean isInText(String text) {
    return Unfinished.quoted(text);
  }

  @Override
  public void by(Performer performer) {
    this.performer = performer;
    compiler.runtime.by(performer, instances);
  }

  @Override
  public @Nullable Object evaluate(Entered entered) throws Throwable {
    return evaluate(entered, variables::undo);
  }

  @Override
  public @Nullable Object follow(Entered script) throws Throwable {
    return evaluate(script, variables::keep);
  }

  /** Evaluates an entry; what is done with the changes of a statement that fails is given. */
  private @Nullable Object evaluate(Entered entered, Runnable changes) throws Throwable {
    String unit = entries.next(entered);
    TopLevel.Seen seen = topLevel.next(unit);
    Class<?> type = compiled(unit, entered.text());
    seen.addTo(compiler.imports);
    if (!Script.class.isAssignableFrom(type)) {
      transcript.add(unit, entered.text(), seen, SessionWriter.ALL);
      return null;
    }
    var script = (SessionScript) InvokerHelper.createScript(type, variables);
    script.enter(this);
    defined(type, script);
    for (MethodNode method : seen.methods) {
      methods.put(method.getName(), new MethodClosure(script, method.getName()));
    }
    return run(script, unit, entered.text(), seen, changes);
  }

  private @Nullable Object run(
      Script script, String unit, String text, TopLevel.Seen seen, Runnable changes)
      throws Throwable {
    reached = 0;
    variables.keep();
    try {
      Object value = script.run();
      cancelled();
      transcript.add(unit, text, seen, reached + 1); // statements after a return did not run
      return value;
    } catch (Throwable e) {
      changes.run();
      transcript.add(unit, text, seen, reached);
      throw e;
    }
  }

  /** Makes the effects that the entry defines known to later entries. */
  private void defined(Class<?> type, Script script) {
    boolean defines =
        compiler.own.definitions.values().stream()
            .anyMatch(definition -> definition.type().equals(type.getName()));
    if (defines) {
      instances.put(type.getName(), script);
      compiler.runtime.by(Objects.requireNonNull(performer), instances);
    }
  }

  private Class<?> compiled(String unit, String text) {
    compiler.forgetFindings();
    return compiler.script(unit, text);
  }

  /**
   * Records that the entry reaches a statement: the changes of the statements before it are kept.
   *
   * @throws InterruptedException when the entry was cancelled
   */
  void reached(int statement) throws InterruptedException {
    reached = statement;
    variables.keep();
    cancelled();
  }

  /** Ends an entry that was cancelled during a call that could not be interrupted. */
  private static void cancelled() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Nullable Closure<?> method(String name) {
    return methods.get(name);
  }

  @Override
  public Map<String, @Nullable Object> variables() {
    return variables.all();
  }

  @Override
  public String shown(@Nullable Object value) {
    return FormatHelper.inspect(value);
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
    return ".groovy";
  }

  @Override
  public Vocabulary vocabulary() {
    return compiler.own.vocabulary();
  }

  @Override
  public String shape(Signature effect) {
    return effect.toString();
  }

  @Override
  public Optional<String> example(Signature effect) {
    return Optional.of(effect.example()).filter(example -> !example.isEmpty());
  }

  @Override
  public String running(String workflow) {
    return "yield RunWorkflow('" + workflow.replace("'", "\\'") + "')";
  }

  @Override
  public Suggested suggest(String text, int cursor) {
    return new Suggestions(
            compiler.own.vocabulary(), variables.all(), List.copyOf(methods.keySet()))
        .at(text, cursor);
  }

  @Override
  public String signature(String text, int cursor) {
    return Context.at(compiler.own.vocabulary(), text, cursor).signature();
  }

  @Override
  public List<Colored> colored(String text) {
    return Colors.of(compiler.own.vocabulary(), text);
  }
}
