package conductor.script.groovy;

import static org.codehaus.groovy.ast.tools.GeneralUtils.args;
import static org.codehaus.groovy.ast.tools.GeneralUtils.callThisX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.constX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.ifS;
import static org.codehaus.groovy.ast.tools.GeneralUtils.notX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.nullX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.stmt;
import static org.codehaus.groovy.ast.tools.GeneralUtils.ternaryX;

import conductor.script.Param;
import conductor.script.ScriptInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Replaces the declarations marked {@link Param} in a script by statements that give the variable
 * its default when the run gave none. As a variable of the binding, a parameter is visible in the
 * script's methods too.
 */
final class Parameters extends CompilationCustomizer {

  final Map<String, ASTNode> declarations = new LinkedHashMap<>();
  final List<ScriptInfo.Parameter> found = new ArrayList<>();

  Parameters() {
    super(CompilePhase.CONVERSION);
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    if (type.isScript()) {
      for (MethodNode run : type.getDeclaredMethods("run")) {
        if (run.getCode() instanceof BlockStatement block) {
          block.getStatements().replaceAll(statement -> replaced(statement));
        }
      }
    }
  }

  private Statement replaced(Statement statement) {
    if (statement instanceof ExpressionStatement line
        && line.getExpression() instanceof DeclarationExpression declaration
        && declaration.getLeftExpression() instanceof VariableExpression variable) {
      Optional<AnnotationNode> mark = mark(declaration);
      if (mark.isPresent()) {
        return declared(declaration, variable, mark.get());
      }
    }
    return statement;
  }

  private static Optional<AnnotationNode> mark(DeclarationExpression declaration) {
    return declaration.getAnnotations().stream()
        .filter(annotation -> {
          String name = annotation.getClassNode().getName();
          return name.equals("Param") || name.equals(Param.class.getName());
        })
        .findFirst();
  }

  private Statement declared(
      DeclarationExpression declaration, VariableExpression variable, AnnotationNode mark) {
    Expression value = declaration.getRightExpression();
    boolean required = value instanceof EmptyExpression;
    String type = variable.isDynamicTyped() ? "Object" : variable.getOriginType().toString(false);
    declarations.put(variable.getName(), variable);
    found.add(
        new ScriptInfo.Parameter(
            variable.getName(),
            type,
            required,
            required ? "" : value.getText(),
            mark.getMember("value") instanceof ConstantExpression about ? about.getText() : ""));
    if (!ScriptInfo.isKnown(type)) {
      return assigned(declaration, variable, value);
    }
    var resolved = new BlockStatement();
    resolved.setSourcePosition(declaration);
    resolved.addStatement(resolving(variable));
    if (required) {
      return resolved;
    }
    Expression typed =
        callThisX("_default_", args(constX(variable.getName()), constX(type), value));
    Statement assign = stmt(callThisX("setProperty", args(constX(variable.getName()), typed)));
    Statement line = ifS(notX(callThisX("_given_", constX(variable.getName()))), assign);
    line.setSourcePosition(declaration);
    assign.setSourcePosition(declaration);
    resolved.addStatement(line);
    return resolved;
  }

  /** Returns a statement that does nothing but have the compiler resolve the declared type. */
  private static Statement resolving(VariableExpression variable) {
    ClassNode type = variable.getOriginType();
    if (ClassHelper.isPrimitiveType(type)) {
      return EmptyStatement.INSTANCE;
    }
    var nothing = new CastExpression(type, nullX());
    nothing.setSourcePosition(variable);
    Statement line = stmt(nothing);
    line.setSourcePosition(variable);
    return line;
  }

  /** Returns the assignment of a value cast to a type that only the compiler knows. */
  private static Statement assigned(
      DeclarationExpression declaration, VariableExpression variable, Expression value) {
    Expression given = callThisX("getProperty", constX(variable.getName()));
    Expression either =
        value instanceof EmptyExpression
            ? given
            : ternaryX(callThisX("_given_", constX(variable.getName())), given, value);
    var typed = new CastExpression(variable.getOriginType(), either);
    typed.setSourcePosition(declaration);
    Statement line = stmt(callThisX("setProperty", args(constX(variable.getName()), typed)));
    line.setSourcePosition(declaration);
    return line;
  }
}
