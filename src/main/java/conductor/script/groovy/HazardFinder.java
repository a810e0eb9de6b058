package conductor.script.groovy;

import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;

/**
 * Finds the {@link Hazards} in a Groovy syntax tree, by the types to which the compiler has
 * resolved names, however the source spells them. Its methods return the message for the user;
 * empty when the use is harmless.
 */
final class HazardFinder {

  private static final List<String> HOSTS = List.of("java.", "javax.", "groovy.", "jdk.", "sun.");

  private HazardFinder() {}

  static Optional<String> call(MethodCallExpression call, String name, Expression object) {
    boolean command =
        object instanceof ConstantExpression
            || object instanceof GStringExpression
            || object instanceof ListExpression;
    return member(object, name)
        .or(() -> Hazards.method(name, command, call.isImplicitThis()))
        .or(() -> ofValue(object, name));
  }

  /** Returns the message for a property, such as {@code System.env}. */
  static Optional<String> property(PropertyExpression property) {
    Expression object = property.getObjectExpression();
    String name = String.valueOf(property.getPropertyAsString());
    return object instanceof ClassExpression owner && isOfHost(owner.getType())
        ? Hazards.property(owner.getType().getNameWithoutPackage(), name)
        : ofValue(object, name);
  }

  /** Returns the message for a method reference, such as {@code Instant::now}. */
  static Optional<String> pointer(MethodPointerExpression pointer) {
    return member(pointer.getExpression(), pointer.getMethodName().getText());
  }

  /** Returns the message for the construction of an object or a cast to its type. */
  static Optional<String> made(ClassNode type, boolean withoutArguments) {
    return isOfHost(type)
        ? Hazards.construction(type.getNameWithoutPackage(), withoutArguments)
        : Optional.empty();
  }

  static Optional<String> member(ClassNode owner, String name) {
    return isOfHost(owner) ? Hazards.call(owner.getNameWithoutPackage(), name) : Optional.empty();
  }

  private static Optional<String> member(Expression object, String name) {
    return object instanceof ClassExpression owner
        ? member(owner.getType(), name)
        : Optional.empty();
  }

  private static Optional<String> ofValue(Expression object, String name) {
    return type(object)
        .filter(HazardFinder::isOfHost)
        .flatMap(type -> Hazards.member(type.getNameWithoutPackage(), name));
  }

  /** Returns the type of a value, as far as the expression tells it. */
  private static Optional<ClassNode> type(Expression value) {
    return switch (value) {
      case ConstructorCallExpression made -> Optional.of(made.getType());
      case CastExpression cast -> Optional.of(cast.getType());
      case MethodCallExpression call
          when call.getObjectExpression() instanceof ClassExpression of ->
          of.getType().getMethods(String.valueOf(call.getMethodAsString())).stream()
              .map(MethodNode::getReturnType)
              .findFirst();
      default ->
          value.getType().getName().equals("java.lang.Object")
              ? Optional.empty()
              : Optional.of(value.getType());
    };
  }

  private static boolean isOfHost(ClassNode type) {
    return HOSTS.stream().anyMatch(type.getName()::startsWith);
  }
}
