package conductor.script.groovy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/**
 * Reads the calls of effects, controls and {@code yield} in a script's syntax tree, after the
 * compiler has resolved imports.
 */
final class Calls {

  private static final Set<String> YIELDS = Set.of(Yields.VERB, "perform", "handling");

  private static final Set<String> PERFORMS = Set.of(Yields.VERB, "perform");

  private static final Set<String> WORDS =
      Set.of(GroovyEffects.class.getName(), GroovyWords.TYPE.getName());

  private Calls() {}

  /** Returns the name of the effect or control that an expression constructs; empty for none. */
  static Optional<String> effect(Expression expression) {
    return switch (expression) {
      case StaticMethodCallExpression call when WORDS.contains(call.getOwnerType().getName()) ->
          Optional.of(call.getMethod());
      case StaticMethodCallExpression call when isOwn(call) ->
          Optional.of(all(call).getFirst().getText());
      default -> Optional.empty();
    };
  }

  /** Returns the arguments that an effect is given; named ones in a map that stands first. */
  static List<Expression> arguments(StaticMethodCallExpression call) {
    List<Expression> all = all(call);
    return isOwn(call) ? all.subList(1, all.size()) : all;
  }

  /** Returns whether a call yields: performs an effect or opens a {@code handling} block. */
  static boolean isYield(StaticMethodCallExpression call) {
    return isWord(call) && YIELDS.contains(call.getMethod());
  }

  /** Returns whether a call performs an effect. */
  static boolean isPerformed(StaticMethodCallExpression call) {
    return isWord(call) && PERFORMS.contains(call.getMethod());
  }

  /** Returns the name of the effect that a call performs; {@code yield} when it names none. */
  static String yielded(StaticMethodCallExpression call) {
    return all(call).size() == 1 ? effect(all(call).getFirst()).orElse("yield") : "yield";
  }

  /** Returns the literal that a call is given where an effect belongs; empty for anything else. */
  static Optional<ConstantExpression> constant(StaticMethodCallExpression call) {
    return all(call).size() == 1 && all(call).getFirst() instanceof ConstantExpression constant
        ? Optional.of(constant)
        : Optional.empty();
  }

  /** Returns whether an expression is a literal: a constant or a text with values in it. */
  static boolean isLiteral(Expression value) {
    return value instanceof ConstantExpression || value instanceof GStringExpression;
  }

  /** Returns the names of the effects that a call of {@code handling} has handlers for. */
  static List<Expression> handled(StaticMethodCallExpression call) {
    boolean handling = isWord(call) && call.getMethod().equals("handling");
    return handling && all(call).stream().findFirst().orElse(null) instanceof MapExpression map
        ? map.getMapEntryExpressions().stream()
            .map(MapEntryExpression::getKeyExpression)
            .filter(ConstantExpression.class::isInstance)
            .toList()
        : List.of();
  }

  private static boolean isOwn(StaticMethodCallExpression call) {
    return isWord(call) && call.getMethod().equals(YieldClass.OWN);
  }

  private static boolean isWord(StaticMethodCallExpression call) {
    return call.getOwnerType().getName().equals(YieldClass.NAME);
  }

  private static List<Expression> all(StaticMethodCallExpression call) {
    return call.getArguments() instanceof TupleExpression tuple
        ? tuple.getExpressions()
        : List.of(call.getArguments());
  }
}
