package conductor.script.groovy;

import conductor.effect.Effect;
import conductor.effect.Entered;
import conductor.effect.Interrupted;
import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Site;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Forgetting;
import conductor.script.Session;
import groovy.lang.Closure;
import groovy.lang.Script;
import groovy.transform.ThreadInterrupt;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
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
  private final Variables variables = new Variables();
  private final Map<String, @Nullable Object> beginning = new LinkedHashMap<>();
  private final Map<String, Closure<?>> methods = new LinkedHashMap<>();
  private final Set<String> imports = new LinkedHashSet<>();
  private final Map<String, Object> instances = new LinkedHashMap<>();
  private final Function<String, Optional<Path>> library;
  private final List<Path> effects;
  private volatile SessionWriter transcript;
  private TopLevel topLevel;
  private volatile GroovyCompiler compiler;
  private @Nullable Performer performer;
  private int reached;
  private volatile boolean stands;
  private volatile Map<String, @Nullable Object> scope = Map.of();

  public GroovySession(
      Function<String, Optional<Path>> library,
      List<Path> effects,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue) {
    this.library = library;
    this.effects = effects;
    beginning.putAll(params);
    beginning.put("params", new LinkedHashMap<>(params));
    beginning.put("issue", issue);
    topLevel = new TopLevel();
    compiler = begin();
    transcript = new SessionWriter(sources);
  }

  /** Returns a compiler that knows of no entry; the variables are those of the start. */
  private GroovyCompiler begin() {
    var begun = new GroovyCompiler(SessionScript.class, sources, false, library, topLevel);
    begun.add(new ASTTransformationCustomizer(ThreadInterrupt.class));
    instances.clear();
    instances.putAll(GroovyWorkflow.instances(begun.effects(effects)));
    variables.all().keySet().forEach(variables::removeVariable);
    variables.removeVariable(Variables.LAST);
    beginning.forEach(variables::setVariable);
    variables.keep();
    return begun;
  }

  @Override
  public void forget(Forgetting what) {
    switch (what) {
      case Forgetting.Name(var name) -> {
        variables.removeVariable(name);
        methods.remove(name);
      }
      case Forgetting.All _ -> {
        methods.clear();
        imports.clear();
        topLevel = new TopLevel();
        compiler = begin();
        transcript = new SessionWriter(sources);
        by(Objects.requireNonNull(performer));
      }
    }
  }

  @Override
  public List<Entered> entered() {
    return entries.all();
  }

  @Override
  public List<String> imports() {
    return List.copyOf(imports);
  }

  @Override
  public List<String> definitions() {
    return Stream.of(variables.all().keySet(), methods.keySet())
        .flatMap(Set::stream)
        .distinct()
        .toList();
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
    return evaluate(entered, false, variables::undo);
  }

  @Override
  public @Nullable Object follow(Entered script) throws Throwable {
    Performer performer = Objects.requireNonNull(this.performer);
    by((effect, site) -> performed(performer, effect, site));
    try {
      return evaluate(script, true, this::keepScope);
    } finally {
      by(performer);
    }
  }

  /** Performs an effect; what is in scope where the first one is interrupted is what is seen. */
  private @Nullable Object performed(Performer performer, Effect<?> effect, Site site) {
    try {
      return performer.perform(effect, site);
    } catch (Interrupted e) {
      stands = true;
      throw e;
    }
  }

  /** Takes the variables of the blocks around a statement that begins. */
  void scope(Map<String, @Nullable Object> values) {
    if (!stands) {
      scope = values;
    }
  }

  /** Keeps all changes, and makes the variables in scope those of the session. */
  private void keepScope() {
    scope.forEach((name, value) -> {
      if (!variables.hasVariable(name)) {
        variables.setVariable(name, value);
      }
    });
    variables.keep();
  }

  /**
   * Evaluates an entry.
   *
   * @param scopes whether it hands over the variables of its blocks
   * @param changes done with the changes of a statement that fails
   */
  private @Nullable Object evaluate(Entered entered, boolean scopes, Runnable changes)
      throws Throwable {
    String unit = entries.next(entered);
    TopLevel.Seen seen = topLevel.next(unit, scopes);
    Class<?> type = compiled(unit, entered.text());
    seen.addTo(compiler.imports);
    seen.imports.forEach(one -> imports.add(one.getText()));
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
      if (value != null) {
        variables.setVariable(Variables.LAST, value);
      }
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
