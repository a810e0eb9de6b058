package conductor.script.groovy;

import static org.codehaus.groovy.ast.tools.GeneralUtils.args;
import static org.codehaus.groovy.ast.tools.GeneralUtils.callThisX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.constX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.stmt;
import static org.codehaus.groovy.ast.tools.GeneralUtils.varX;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.LambdaExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * Has a script that is looked into hand over the variables of its blocks, closures and methods:
 * before each statement in one of them it inserts a call with those that are in scope there.
 */
final class LocalVariables extends CodeVisitorSupport {

  private final Deque<List<String>> scopes = new ArrayDeque<>();

  /** Inserts the calls into a statement of the script's top level. */
  void into(Statement statement) {
    statement.visit(this);
  }

  /** Inserts the calls into a method of the script. */
  void into(MethodNode method) {
    if (!method.isStatic() && method.getCode() != null) {
      within(names(method.getParameters()), () -> method.getCode().visit(this));
    }
  }

  private void within(Stream<String> names, Runnable visit) {
    scopes.addLast(new ArrayList<>(names.toList()));
    visit.run();
    scopes.removeLast();
  }

  private static Stream<String> names(Parameter[] parameters) {
    return Stream.of(parameters).map(Parameter::getName);
  }

  @Override
  public void visitBlockStatement(BlockStatement block) {
    within(
        Stream.empty(),
        () -> {
          var statements = List.copyOf(block.getStatements());
          block.getStatements().clear();
          for (Statement statement : statements) {
            block.addStatement(handingOver(statement));
            statement.visit(this);
            block.addStatement(statement);
            if (statement instanceof ExpressionStatement line) {
              scopes.getLast().addAll(declared(line.getExpression()));
            }
          }
        });
  }

  private Statement handingOver(Statement before) {
    var values = new MapExpression();
    scopes.stream()
        .flatMap(List::stream)
        .filter(name -> name.indexOf('$') < 0)
        .distinct()
        .forEach(name -> values.addMapEntryExpression(constX(name), varX(name)));
    Statement call = stmt(callThisX("_scope_", args(values)));
    call.setSourcePosition(before);
    return call;
  }

  private static List<String> declared(Expression expression) {
    if (!(expression instanceof DeclarationExpression declaration)) {
      return List.of();
    }
    List<Expression> variables =
        declaration.isMultipleAssignmentDeclaration()
            ? declaration.getTupleExpression().getExpressions()
            : List.of(declaration.getVariableExpression());
    return variables.stream()
        .map(VariableExpression.class::cast)
        .map(VariableExpression::getName)
        .toList();
  }

  @Override
  public void visitForLoop(ForStatement loop) {
    Stream<String> names =
        loop.getCollectionExpression() instanceof ClosureListExpression parts
            ? parts.getExpressions().stream().flatMap(part -> declared(part).stream())
            : Stream.of(loop.getIndexVariable(), loop.getValueVariable())
                .filter(Objects::nonNull)
                .map(Parameter::getName);
    within(names, () -> super.visitForLoop(loop));
  }

  @Override
  public void visitCatchStatement(CatchStatement caught) {
    within(Stream.of(caught.getVariable().getName()), () -> super.visitCatchStatement(caught));
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    Parameter[] parameters = closure.getParameters();
    within(
        parameters == null ? Stream.empty() : names(parameters),
        () -> closure.getCode().visit(this));
  }

  @Override
  public void visitLambdaExpression(LambdaExpression lambda) {
    visitClosureExpression(lambda);
  }
}
