package conductor.script.groovy;

import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Tells each {@code yield} over several lines the line that it begins in. For the JVM, Groovy's
 * call stands in the line of its last argument, as the last element of a {@code Gather}.
 */
final class YieldLines extends CompilationCustomizer {

  YieldLines() {
    super(CompilePhase.CANONICALIZATION);
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    if (!type.getName().equals(YieldClass.NAME)) {
      new Lines(unit).visitClass(type);
    }
  }

  private static final class Lines extends ClassCodeVisitorSupport {

    private final SourceUnit unit;

    Lines(SourceUnit unit) {
      this.unit = unit;
    }

    @Override
    protected SourceUnit getSourceUnit() {
      return unit;
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
      super.visitStaticMethodCallExpression(call);
      if (Calls.isPerformed(call)
          && call.getLineNumber() > 0
          && call.getLineNumber() < call.getLastLineNumber()
          && call.getArguments() instanceof ArgumentListExpression arguments
          && arguments.getExpressions().size() == 1) {
        arguments.addExpression(new ConstantExpression(call.getLineNumber(), true));
      }
    }
  }
}
