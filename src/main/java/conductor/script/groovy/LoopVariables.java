package conductor.script.groovy;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.control.SourceUnit;

/**
 * Finds closures that are kept for later and use the variable of a {@code for (;;)} around them:
 * all iterations share one variable, so that all such closures see its last value. Loops over a
 * collection are dealt with by {@link IterationVariables}.
 */
final class LoopVariables extends UnitVisitor {

  private static final Set<String> KEEPING = Set.of("add", "put", "push", "leftShift", "addLast");
  private static final Set<String> WAITING = Set.of("Gather", "Race", "Try", "handling");

  private final Deque<String> variables = new ArrayDeque<>();
  private final Set<Expression> atOnce = Collections.newSetFromMap(new IdentityHashMap<>());

  LoopVariables(SourceUnit unit, Report report) {
    super(unit, report);
  }

  @Override
  public void visitForLoop(ForStatement loop) {
    List<String> own = variables(loop);
    own.forEach(variables::push);
    super.visitForLoop(loop);
    own.forEach(_ -> variables.pop());
  }

  private static List<String> variables(ForStatement loop) {
    return loop.getCollectionExpression() instanceof ClosureListExpression parts
        ? parts.getExpressions().stream()
            .filter(DeclarationExpression.class::isInstance)
            .map(part -> ((DeclarationExpression) part).getLeftExpression())
            .filter(VariableExpression.class::isInstance)
            .map(variable -> ((VariableExpression) variable).getName())
            .toList()
        : List.of();
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    if (!KEEPING.contains(String.valueOf(call.getMethodAsString()))) {
      atOnce(call.getArguments());
    }
    super.visitMethodCallExpression(call);
  }

  @Override
  public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
    if (WAITING.contains(call.getMethod())) {
      atOnce(call.getArguments());
    }
    super.visitStaticMethodCallExpression(call);
  }

  private void atOnce(Expression arguments) {
    arguments.visit(
        new CodeVisitorSupport() {
          @Override
          public void visitClosureExpression(ClosureExpression closure) {
            atOnce.add(closure);
          }
        });
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    if (!atOnce.contains(closure)) {
      variables.stream()
          .filter(name -> closure.getVariableScope().isReferencedLocalVariable(name))
          .distinct()
          .forEach(name -> report.found(closure, false, message(name)));
    }
    super.visitClosureExpression(closure);
  }

  private static String message(String name) {
    return "'%s' belongs to the whole loop, so this closure sees its last value in every branch: write for (%s in ...), or 'def mine = %s' in the loop and use that"
        .formatted(name, name, name);
  }
}
