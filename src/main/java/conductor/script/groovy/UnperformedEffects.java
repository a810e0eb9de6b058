package conductor.script.groovy;

import conductor.effect.vocabulary.Vocabulary;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds variables that hold an effect although its reply was meant: they are never used, or they
 * are used as the reply would be. A variable that is passed on, yielded later or given to a {@code
 * Gather} is fine.
 */
final class UnperformedEffects extends UnitVisitor {

  private final IdentityHashMap<Variable, Held> held = new IdentityHashMap<>();

  UnperformedEffects(SourceUnit unit, Report report) {
    super(unit, report);
  }

  /** The uses of one variable that holds an effect. */
  private static final class Held {
    private final String effect;
    private final DeclarationExpression declaration;
    private boolean used;
    private boolean changed;
    private @Nullable Expression misused;

    Held(String effect, DeclarationExpression declaration) {
      this.effect = effect;
      this.declaration = declaration;
    }
  }

  /** Reports the findings; called after a whole class was visited. */
  void tell() {
    held.forEach((variable, one) -> {
      String name = variable.getName();
      String instead = "def %s = yield %s(...)".formatted(name, one.effect);
      if (!one.used && !one.changed) {
        report.found(
            one.declaration.getLeftExpression(),
            true,
            "%s is never performed, '%s' is not used: write %s"
                .formatted(one.effect, name, instead));
      } else if (one.misused != null && !one.changed) {
        report.found(
            one.misused,
            true,
            "'%s' holds the effect %s, not its reply: write %s"
                .formatted(name, one.effect, instead));
      }
    });
  }

  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    if (declaration.getLeftExpression() instanceof VariableExpression variable) {
      Calls.effect(declaration.getRightExpression())
          .ifPresent(effect -> held.put(variable, new Held(effect, declaration)));
      declaration.getRightExpression().visit(this);
    } else {
      super.visitDeclarationExpression(declaration);
    }
  }

  @Override
  public void visitBinaryExpression(BinaryExpression operation) {
    if (operation.getOperation().getText().equals("=")) {
      of(operation.getLeftExpression()).ifPresent(one -> one.changed = true);
    }
    super.visitBinaryExpression(operation);
  }

  @Override
  public void visitVariableExpression(VariableExpression variable) {
    of(variable).ifPresent(one -> one.used = true);
  }

  @Override
  public void visitPropertyExpression(PropertyExpression property) {
    misused(property.getObjectExpression());
    super.visitPropertyExpression(property);
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    misused(call.getObjectExpression());
    super.visitMethodCallExpression(call);
  }

  @Override
  public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
    boolean control = Calls.effect(call).filter(Vocabulary.controls()::contains).isPresent();
    if (Calls.effect(call).isPresent() && !control) {
      Calls.arguments(call).forEach(this::argument);
    }
    super.visitStaticMethodCallExpression(call);
  }

  private void argument(Expression argument) {
    if (argument instanceof MapExpression map) {
      map.getMapEntryExpressions().stream()
          .map(MapEntryExpression::getValueExpression)
          .forEach(this::misused);
    } else {
      misused(argument);
    }
  }

  private void misused(Expression expression) {
    of(expression).ifPresent(one -> one.misused = one.misused == null ? expression : one.misused);
  }

  private Optional<Held> of(Expression expression) {
    return expression instanceof VariableExpression variable
            && variable.getAccessedVariable() != null
        ? Optional.ofNullable(held.get(variable.getAccessedVariable()))
        : Optional.empty();
  }
}
