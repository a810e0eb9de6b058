package conductor.script.groovy;

import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.Types;

/**
 * Makes an assertion of each expression that stands as a statement of {@code expect { ... }} or
 * {@code always { ... }}, so that a failure shows the values of its parts. Declarations and
 * assignments stay what they are, and so do statements within loops and conditions, where {@code
 * assert} can be written.
 */
final class ExpectedStatements extends CompilationCustomizer {

  ExpectedStatements() {
    super(CompilePhase.CONVERSION);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    var visitor = new Expects();
    type.getMethods().stream()
        .map(MethodNode::getCode)
        .filter(code -> code != null)
        .forEach(code -> code.visit(visitor));
  }

  private static final class Expects extends CodeVisitorSupport {

    private static final List<String> CHECKED = List.of("expect", "always");

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      if (CHECKED.contains(call.getMethodAsString())
          && call.isImplicitThis()
          && call.getArguments() instanceof TupleExpression arguments
          && arguments.getExpressions().size() == 1
          && arguments.getExpression(0) instanceof ClosureExpression closure
          && closure.getCode() instanceof BlockStatement block) {
        block.getStatements().replaceAll(Expects::asserted);
      }
      super.visitMethodCallExpression(call);
    }

    private static Statement asserted(Statement statement) {
      if (!(statement instanceof ExpressionStatement stated) || isSet(stated.getExpression())) {
        return statement;
      }
      var condition = new BooleanExpression(stated.getExpression());
      condition.setSourcePosition(stated.getExpression());
      var asserted = new AssertStatement(condition, ConstantExpression.NULL);
      asserted.setSourcePosition(statement);
      return asserted;
    }

    private static boolean isSet(Expression expression) {
      return expression instanceof DeclarationExpression
          || (expression instanceof BinaryExpression binary
              && Types.ofType(binary.getOperation().getType(), Types.ASSIGNMENT_OPERATOR));
    }
  }
}
