package conductor.script;

import conductor.effect.AgentEffect;
import conductor.effect.Signature;
import conductor.effect.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.MethodNode;
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

/** Finds out what scripts use, so that what is missing can be told before anything runs. */
final class Uses extends CompilationCustomizer {

  private static final Vocabulary VOCABULARY = Vocabulary.standard();

  private final Set<String> effects = new TreeSet<>();
  private final Set<String> agentTypes = new TreeSet<>();
  private boolean defaultAgent;
  private boolean issue;
  private boolean issueTested;

  Uses() {
    super(CompilePhase.SEMANTIC_ANALYSIS);
  }

  /** The names of the effects that the scripts mention. */
  Set<String> effects() {
    return Set.copyOf(effects);
  }

  /** The agent types that the scripts name. */
  Set<String> agentTypes() {
    return Set.copyOf(agentTypes);
  }

  /** Whether some agent is run without naming its type. */
  boolean defaultAgent() {
    return defaultAgent;
  }

  /** Whether the script takes for granted that there is an issue. */
  boolean needsIssue() {
    return issue && !issueTested;
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    var visitor = new Visitor(type.isScript());
    type.getMethods().stream()
        .map(MethodNode::getCode)
        .forEach(code -> {
          if (code != null) {
            code.visit(visitor);
          }
        });
  }

  private final class Visitor extends CodeVisitorSupport {

    private final boolean script;

    Visitor(boolean script) {
      this.script = script;
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
      if (call.getOwnerType().getName().equals(Verbs.class.getName())) {
        effects.add(call.getMethod());
        VOCABULARY
            .signature(call.getMethod())
            .filter(Visitor::runsAnAgent)
            .ifPresent(_ -> agent(call.getArguments()));
      }
      super.visitStaticMethodCallExpression(call);
    }

    private static boolean runsAnAgent(Signature signature) {
      return signature.type().getInterfaces()[0].equals(AgentEffect.class)
          && signature.parameter("type").isPresent();
    }

    private void agent(Expression arguments) {
      List<Expression> all =
          arguments instanceof TupleExpression tuple ? tuple.getExpressions() : List.of(arguments);
      boolean named = !all.isEmpty() && all.getFirst() instanceof MapExpression;
      Optional<Expression> byName = named ? type((MapExpression) all.getFirst()) : Optional.empty();
      List<Expression> positional = named ? all.subList(1, all.size()) : all;
      boolean leads = positional.size() > 1 && positional.getFirst() instanceof ConstantExpression;
      Optional<Expression> type =
          byName.or(() -> leads ? Optional.of(positional.getFirst()) : Optional.empty());
      if (type.isEmpty()) {
        defaultAgent = true;
      } else if (type.get() instanceof ConstantExpression constant) {
        agentTypes.add(constant.getText());
      }
    }

    private static Optional<Expression> type(MapExpression arguments) {
      return arguments.getMapEntryExpressions().stream()
          .filter(entry -> entry.getKeyExpression().getText().equals("type"))
          .map(MapEntryExpression::getValueExpression)
          .findFirst();
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
      issue |= isIssue(variable);
    }

    @Override
    public void visitBooleanExpression(BooleanExpression condition) {
      issueTested |= isIssue(condition.getExpression());
      super.visitBooleanExpression(condition);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
      issueTested |= property.isSafe() && isIssue(property.getObjectExpression());
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
