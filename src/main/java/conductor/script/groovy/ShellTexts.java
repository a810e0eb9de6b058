package conductor.script.groovy;

import conductor.effect.AgentEffect;
import conductor.effect.CommandEffect.Command;
import conductor.effect.ForgeEffect;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;

/**
 * Warns where a command for the shell holds words of an agent, a reviewer or an issue, which the
 * shell would take for commands. Follows a value through variables, properties, methods and texts;
 * not through lists, closures or calls of the script's own methods. What was made a number or a
 * choice is left alone.
 */
final class ShellTexts extends UnitVisitor {

  private static final Set<Class<?>> SPEAKING =
      Set.of(
          AgentEffect.RunAgent.class,
          AgentEffect.SendMessage.class,
          AgentEffect.CaptureOutput.class,
          AgentEffect.ReadSession.class,
          AgentEffect.WaitForEvent.class,
          ForgeEffect.WaitForReview.class);

  private static final Set<String> HARMLESS =
      Set.of(
          ("size length count isEmpty empty contains startsWith endsWith matches equals toInteger"
                  + " toLong toBoolean toDouble toBigDecimal hashCode id number approved status")
              .split(" "));

  private final Vocabulary vocabulary;
  private final boolean hasIssue;
  private final Set<Variable> said = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Creates the check of a class.
   *
   * @param hasIssue whether {@code issue} is that of the workflow, which anybody may have written
   */
  ShellTexts(SourceUnit unit, Vocabulary vocabulary, boolean hasIssue, Report report) {
    super(unit, report);
    this.vocabulary = vocabulary;
    this.hasIssue = hasIssue;
  }

  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    if (declaration.getLeftExpression() instanceof VariableExpression variable
        && isSaid(declaration.getRightExpression())) {
      said.add(variable);
    }
    super.visitDeclarationExpression(declaration);
  }

  @Override
  public void visitBinaryExpression(BinaryExpression operation) {
    super.visitBinaryExpression(operation);
    if (Types.isAssignment(operation.getOperation().getType())
        && operation.getLeftExpression() instanceof VariableExpression variable
        && variable.getAccessedVariable() != null
        && isSaid(operation.getRightExpression())) {
      said.add(variable.getAccessedVariable());
    }
  }

  @Override
  public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
    super.visitStaticMethodCallExpression(call);
    Calls.effect(call)
        .flatMap(vocabulary::signature)
        .ifPresent(signature -> check(signature, Calls.arguments(call)));
  }

  private void check(Signature signature, List<Expression> arguments) {
    if (signature.parameters().stream().noneMatch(one -> one.type().equals(Command.class))) {
      return;
    }
    for (Expression argument : arguments) {
      if (argument instanceof MapExpression named) {
        named.getMapEntryExpressions().stream()
            .filter(entry -> isCommand(signature, entry))
            .forEach(entry -> told(entry.getValueExpression()));
      } else {
        told(argument);
      }
    }
  }

  private static boolean isCommand(Signature signature, MapEntryExpression entry) {
    return signature
        .parameter(entry.getKeyExpression().getText())
        .filter(parameter -> parameter.type().equals(Command.class))
        .isPresent();
  }

  private void told(Expression command) {
    if (isSaid(command)) {
      report.found(
          command,
          false,
          "the shell runs what an agent, a reviewer or an issue says here: give the command as a list"
              + " of words, as in Exec(['git', 'log', word])");
    }
  }

  /** Returns whether a value is a text of others, or has one in it. */
  private boolean isSaid(Expression value) {
    return switch (value) {
      case VariableExpression variable -> isSaid(variable);
      case PropertyExpression property ->
          !HARMLESS.contains(String.valueOf(property.getPropertyAsString()))
              && isSaid(property.getObjectExpression());
      case MethodCallExpression call ->
          !HARMLESS.contains(String.valueOf(call.getMethodAsString()))
              && isSaid(call.getObjectExpression());
      case GStringExpression text -> text.getValues().stream().anyMatch(this::isSaid);
      case CastExpression cast -> isSaid(cast.getExpression());
      case TernaryExpression choice ->
          isSaid(choice.getTrueExpression()) || isSaid(choice.getFalseExpression());
      case DeclarationExpression _ -> false;
      case BinaryExpression sum ->
          (sum.getOperation().getType() == Types.PLUS
                  || sum.getOperation().getType() == Types.LEFT_SQUARE_BRACKET)
              && (isSaid(sum.getLeftExpression()) || isSaid(sum.getRightExpression()));
      case StaticMethodCallExpression call ->
          Calls.isYield(call)
              && vocabulary
                  .signature(Calls.yielded(call))
                  .filter(signature -> SPEAKING.contains(signature.type()))
                  .isPresent();
      default -> false;
    };
  }

  private boolean isSaid(VariableExpression variable) {
    Variable meant = variable.getAccessedVariable();
    return meant instanceof DynamicVariable
        ? hasIssue && variable.getName().equals("issue")
        : meant != null && said.contains(meant);
  }
}
