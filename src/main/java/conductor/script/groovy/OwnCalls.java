package conductor.script.groovy;

import java.util.ArrayList;
import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns the calls of own effects, in any class of a script, into calls that construct an effect.
 */
final class OwnCalls extends ClassCodeExpressionTransformer {

  private final SourceUnit unit;
  private final Set<String> names;

  OwnCalls(SourceUnit unit, Set<String> names) {
    this.unit = unit;
    this.names = names;
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return unit;
  }

  @Override
  public @Nullable Expression transform(@Nullable Expression expression) {
    return switch (expression) {
      case null -> null;
      case ClosureExpression closure -> {
        closure.getCode().visit(this);
        yield closure;
      }
      case MethodCallExpression call
          when call.isImplicitThis() && names.contains(call.getMethodAsString()) ->
          construction(call);
      default -> expression.transformExpression(this);
    };
  }

  private Expression construction(MethodCallExpression call) {
    var arguments = new ArrayList<Expression>();
    arguments.add(new ConstantExpression(call.getMethodAsString()));
    if (call.getArguments() instanceof TupleExpression given) {
      given.getExpressions().forEach(argument -> arguments.add(plain(argument)));
    }
    var made =
        new MethodCallExpression(
            call.getObjectExpression(), YieldClass.OWN, new ArgumentListExpression(arguments));
    made.setImplicitThis(true);
    made.setSourcePosition(call);
    made.getMethod().setSourcePosition(call.getMethod());
    made.getArguments().setSourcePosition(call.getArguments());
    return made;
  }

  private Expression plain(Expression argument) {
    Expression transformed = transform(argument);
    if (transformed instanceof NamedArgumentListExpression named) {
      var map = new MapExpression(named.getMapEntryExpressions());
      map.setSourcePosition(named);
      return map;
    }
    return java.util.Objects.requireNonNull(transformed);
  }
}
