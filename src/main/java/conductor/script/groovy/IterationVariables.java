package conductor.script.groovy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/**
 * Gives each iteration of {@code for (x in list)} a variable of its own, like {@code each} and
 * Java's enhanced {@code for} do: closures that branches run later see the value of their
 * iteration. Groovy has one variable for the whole loop. Loops of the form {@code for (;;)} stay as
 * they are.
 */
final class IterationVariables extends CompilationCustomizer {

  /** Suffix of the variable that the loop itself assigns; no script's name contains it. */
  private static final String LOOPS_OWN = "$iterated";

  private final Set<SourceUnit> seen = new HashSet<>();

  IterationVariables() {
    super(CompilePhase.CONVERSION);
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    if (seen.add(unit)) {
      var loops = new Loops(unit);
      List.copyOf(unit.getAST().getClasses()).forEach(loops::visitClass);
    }
  }

  private static final class Loops extends ClassCodeVisitorSupport {

    private final SourceUnit unit;

    Loops(SourceUnit unit) {
      this.unit = unit;
    }

    @Override
    protected SourceUnit getSourceUnit() {
      return unit;
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
      super.visitBlockStatement(block);
      block.getStatements().replaceAll(Loops::withOwnVariable);
    }

    @Override
    public void visitIfElse(IfStatement choice) {
      super.visitIfElse(choice);
      choice.setIfBlock(withOwnVariable(choice.getIfBlock()));
      choice.setElseBlock(withOwnVariable(choice.getElseBlock()));
    }

    @Override
    public void visitForLoop(ForStatement loop) {
      super.visitForLoop(loop);
      loop.setLoopBlock(withOwnVariable(loop.getLoopBlock()));
    }

    @Override
    public void visitWhileLoop(WhileStatement loop) {
      super.visitWhileLoop(loop);
      loop.setLoopBlock(withOwnVariable(loop.getLoopBlock()));
    }

    private static Statement withOwnVariable(Statement statement) {
      return statement instanceof ForStatement loop
              && loop.getValueVariable() != null
              && !(loop.getCollectionExpression() instanceof ClosureListExpression)
          ? withOwnVariable(loop, loop.getValueVariable())
          : statement;
    }

    /** Declares the variable in the body, whose variables Groovy makes anew in each iteration. */
    private static Statement withOwnVariable(ForStatement loop, Parameter variable) {
      var counting = new Parameter(variable.getType(), variable.getName() + LOOPS_OWN);
      counting.setSourcePosition(variable);
      var own = new VariableExpression(variable.getName(), variable.getType());
      own.setSourcePosition(variable);
      var is = Token.newSymbol(Types.EQUAL, variable.getLineNumber(), variable.getColumnNumber());
      var value = new VariableExpression(counting);
      value.setSourcePosition(variable);
      var declared = new ExpressionStatement(new DeclarationExpression(own, is, value));
      declared.setSourcePosition(variable);
      var body = new BlockStatement();
      body.addStatement(declared);
      body.addStatement(loop.getLoopBlock());
      body.setSourcePosition(loop.getLoopBlock());
      var replaced =
          new ForStatement(loop.getIndexVariable(), counting, loop.getCollectionExpression(), body);
      replaced.setSourcePosition(loop);
      replaced.copyStatementLabels(loop);
      return replaced;
    }
  }
}
