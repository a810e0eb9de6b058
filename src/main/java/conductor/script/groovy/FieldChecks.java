package conductor.script.groovy;

import conductor.effect.Issue;
import conductor.effect.vocabulary.DataType;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;

/**
 * Finds fields that a reply or a failure does not have. Says nothing where the type is not certain:
 * only a variable that is assigned once, where it is declared, a caught failure of one type, the
 * workflow's issue, and a reply that is read where it is yielded. Says nothing at all in a class
 * that adds members to types.
 */
final class FieldChecks extends UnitVisitor {

  private static final Set<String> ADDING = Set.of("metaClass", "mixin");
  private static final Set<String> OF_EVERY_OBJECT = Set.of("class", "properties", "metaClass");

  private final Vocabulary vocabulary;
  private final Optional<DataType> issue;
  private final IdentityHashMap<Variable, DataType> known = new IdentityHashMap<>();
  private final Set<Variable> changed = new HashSet<>();
  private final Set<String> changedNames = new HashSet<>();
  private final List<PropertyExpression> read = new ArrayList<>();
  private boolean adds;

  /**
   * Creates the check of a class.
   *
   * @param hasIssue whether {@code issue} is that of the workflow
   */
  FieldChecks(SourceUnit unit, Vocabulary vocabulary, boolean hasIssue, Report report) {
    super(unit, report);
    this.vocabulary = vocabulary;
    this.issue = hasIssue ? DataType.find(Issue.class) : Optional.empty();
  }

  /** Visits a class and reports what was found in it. */
  void check(ClassNode type) {
    visitClass(type);
    if (!adds) {
      read.forEach(property ->
          typeOf(property.getObjectExpression()).ifPresent(found -> tell(property, found)));
    }
  }

  private void tell(PropertyExpression property, DataType type) {
    String name = property.getPropertyAsString();
    if (name != null && !type.has(name) && !OF_EVERY_OBJECT.contains(name)) {
      String hint = Nearest.hint(name, type.names());
      report.found(
          property.getProperty(),
          true,
          "%s has no field '%s'%s fields: %s"
              .formatted(type.name(), name, hint.isEmpty() ? ";" : hint + ";", fields(type)));
    }
  }

  private static String fields(DataType type) {
    return type.names().isEmpty() ? "none" : String.join(", ", type.names());
  }

  private Optional<DataType> typeOf(Expression expression) {
    if (expression instanceof VariableExpression variable) {
      Variable meant = variable.getAccessedVariable();
      if (meant instanceof DynamicVariable) {
        return variable.getName().equals("issue") && !changedNames.contains("issue")
            ? issue
            : Optional.empty();
      }
      return meant == null || changed.contains(meant)
          ? Optional.empty()
          : Optional.ofNullable(known.get(meant));
    }
    return reply(expression);
  }

  /** Returns the type of the reply that an expression yields; empty when it is not certain. */
  private Optional<DataType> reply(Expression expression) {
    return expression instanceof StaticMethodCallExpression call && Calls.isYield(call)
        ? vocabulary
            .signature(Calls.yielded(call))
            .map(Signature::replyType)
            .flatMap(DataType::find)
        : Optional.empty();
  }

  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    if (declaration.getLeftExpression() instanceof VariableExpression variable
        && (variable.isDynamicTyped() || isReply(variable.getOriginType()))) {
      reply(declaration.getRightExpression()).ifPresent(type -> known.put(variable, type));
    }
    declaration.getRightExpression().visit(this);
  }

  private static boolean isReply(ClassNode type) {
    return type.getName().startsWith("conductor.effect.");
  }

  @Override
  public void visitTryCatchFinally(TryCatchStatement statement) {
    for (CatchStatement one : statement.getCatchStatements()) {
      boolean alone =
          statement.getCatchStatements().stream().filter(other -> isBeside(one, other)).count()
              == 1;
      if (alone) {
        DataType.failures().stream()
            .filter(failure -> failure.type().getName().equals(one.getExceptionType().getName()))
            .findFirst()
            .ifPresent(failure -> known.put(one.getVariable(), failure));
      }
    }
    super.visitTryCatchFinally(statement);
  }

  /** Returns whether two are of one {@code catch} of several types. */
  private static boolean isBeside(CatchStatement one, CatchStatement other) {
    return one.getLineNumber() == other.getLineNumber()
        && one.getColumnNumber() == other.getColumnNumber();
  }

  @Override
  public void visitBinaryExpression(BinaryExpression operation) {
    if (Types.isAssignment(operation.getOperation().getType())) {
      change(operation.getLeftExpression());
    }
    super.visitBinaryExpression(operation);
  }

  private void change(Expression target) {
    if (target instanceof TupleExpression several) {
      several.getExpressions().forEach(this::change);
    } else if (target instanceof VariableExpression variable) {
      changedNames.add(variable.getName());
      if (variable.getAccessedVariable() != null) {
        changed.add(variable.getAccessedVariable());
      }
    }
  }

  @Override
  public void visitPostfixExpression(PostfixExpression expression) {
    change(expression.getExpression());
    super.visitPostfixExpression(expression);
  }

  @Override
  public void visitPrefixExpression(PrefixExpression expression) {
    change(expression.getExpression());
    super.visitPrefixExpression(expression);
  }

  @Override
  public void visitPropertyExpression(PropertyExpression property) {
    adds |= ADDING.contains(String.valueOf(property.getPropertyAsString()));
    if (!property.isSpreadSafe() && !(property instanceof AttributeExpression)) {
      read.add(property);
    }
    super.visitPropertyExpression(property);
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    String name = String.valueOf(call.getMethodAsString());
    adds |= ADDING.contains(name) || name.equals("use") || name.equals("getMetaClass");
    super.visitMethodCallExpression(call);
  }
}
