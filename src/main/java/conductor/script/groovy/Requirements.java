package conductor.script.groovy;

import conductor.effect.AgentEffect;
import conductor.effect.AgentEffect.RunAgent;
import conductor.effect.vocabulary.Signature;
import conductor.script.Needs;
import conductor.script.SourceName;
import conductor.script.YieldSite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects, agent types and issue that scripts use, so that what is missing is reported
 * before a run begins.
 */
final class Requirements extends CompilationCustomizer {

  private final OwnEffects own;
  private final Map<String, Unit> units = new LinkedHashMap<>();

  Requirements(OwnEffects own) {
    super(CompilePhase.SEMANTIC_ANALYSIS);
    this.own = own;
  }

  private static final class Unit {
    private final Set<String> effects = new TreeSet<>();
    private final Set<String> handled = new TreeSet<>();
    private final Set<String> agentTypes = new TreeSet<>();
    private boolean defaultAgent;
    private boolean issue;
    private boolean issueTested;
    private final List<YieldSite> sites = new ArrayList<>();
  }

  Needs needs() {
    Set<Unit> needed = needed();
    return new Needs(
        union(needed, unit -> unit.effects),
        union(needed, unit -> unit.agentTypes),
        needed.stream().anyMatch(unit -> unit.defaultAgent),
        union(needed, unit -> unit.handled).contains(RunAgent.class.getSimpleName()),
        needed.stream().anyMatch(unit -> unit.issue)
            && needed.stream().noneMatch(unit -> unit.issueTested),
        needed.stream().flatMap(unit -> unit.sites.stream()).toList());
  }

  private static Set<String> union(Set<Unit> units, Function<Unit, Set<String>> part) {
    return units.stream().map(part).flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** Returns all files except those that define only effects that nobody mentions. */
  private Set<Unit> needed() {
    var needed = new LinkedHashSet<Unit>();
    units.forEach((name, unit) -> {
      if (!own.isLibrary(name)) {
        need(unit, needed);
      }
    });
    return needed;
  }

  private void need(Unit unit, Set<Unit> needed) {
    if (needed.add(unit)) {
      for (String effect : unit.effects) {
        OwnEffects.Definition definition = own.definitions.get(effect);
        Unit definer = definition == null ? null : units.get(definition.unit());
        if (definer != null) {
          need(definer, needed);
        }
      }
    }
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    var uses = units.computeIfAbsent(unit.getName(), _ -> new Unit());
    var visitor =
        new Visitor(
            uses,
            type.isScript() && !own.isLibrary(unit.getName()),
            SourceName.last(unit.getName()));
    type.getMethods()
        .forEach(method -> {
          if (method.getCode() != null) {
            visitor.method =
                type.isScript() && method.getName().equals("run") ? "" : method.getName();
            method.getCode().visit(visitor);
          }
        });
  }

  private final class Visitor extends CodeVisitorSupport {

    private final Unit uses;
    private final boolean script;
    private final String file;
    private String method = "";

    Visitor(Unit uses, boolean script, String file) {
      this.uses = uses;
      this.file = file;
      this.script = script;
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
      Calls.effect(call).ifPresent(uses.effects::add);
      Calls.handled(call).forEach(name -> uses.handled.add(name.getText()));
      Calls.effect(call)
          .flatMap(own.vocabulary()::signature)
          .filter(Visitor::runsAnAgent)
          .ifPresent(_ -> agent(call.getArguments()));
      if (Calls.isYield(call) && Calls.handled(call).isEmpty() && call.getLineNumber() > 0) {
        uses.sites.add(
            new YieldSite(
                file, call.getLineNumber(), call.getLastLineNumber(), method, Calls.yielded(call)));
      }
      super.visitStaticMethodCallExpression(call);
    }

    private static boolean runsAnAgent(Signature signature) {
      return AgentEffect.class.isAssignableFrom(signature.type())
          && signature.parameter("type").isPresent();
    }

    private void agent(Expression arguments) {
      List<Expression> all =
          arguments instanceof TupleExpression tuple ? tuple.getExpressions() : List.of(arguments);
      boolean named = !all.isEmpty() && all.getFirst() instanceof MapExpression;
      Optional<Expression> byName = named ? who((MapExpression) all.getFirst()) : Optional.empty();
      List<Expression> positional = named ? all.subList(1, all.size()) : all;
      boolean leads = !positional.isEmpty() && positional.getFirst() instanceof ConstantExpression;
      Optional<Expression> type =
          byName.or(() -> leads ? Optional.of(positional.getFirst()) : Optional.empty());
      if (type.isEmpty()) {
        uses.defaultAgent = true;
      } else if (type.get() instanceof ConstantExpression constant) {
        uses.agentTypes.add(constant.getText());
      } else if (isRole(type.get(), named ? (MapExpression) all.getFirst() : null)) {
        uses.defaultAgent = true; // what a role leaves to the default agent
      }
    }

    private static boolean isRole(Expression type, @Nullable MapExpression arguments) {
      return (arguments != null && entry(arguments, "type").isEmpty())
          || (type instanceof PropertyExpression role
              && "agent".equals(role.getPropertyAsString()));
    }

    /** Returns what names the agent: its type, or the agent or what that map names as such. */
    private static Optional<Expression> who(MapExpression arguments) {
      return entry(arguments, "type")
          .or(() ->
              entry(arguments, "agent")
                  .flatMap(who ->
                      who instanceof MapExpression map ? entry(map, "agent") : Optional.of(who)));
    }

    private static Optional<Expression> entry(MapExpression map, String key) {
      return map.getMapEntryExpressions().stream()
          .filter(entry -> entry.getKeyExpression().getText().equals(key))
          .map(MapEntryExpression::getValueExpression)
          .findFirst();
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
      uses.issue |= isIssue(variable);
    }

    @Override
    public void visitBooleanExpression(BooleanExpression condition) {
      uses.issueTested |= isIssue(condition.getExpression());
      super.visitBooleanExpression(condition);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
      uses.issueTested |= property.isSafe() && isIssue(property.getObjectExpression());
      super.visitPropertyExpression(property);
    }

    private boolean isIssue(Expression expression) {
      return script
          && expression instanceof VariableExpression variable
          && variable.getName().equals("issue")
          && variable.getAccessedVariable() instanceof DynamicVariable;
    }
  }
}
