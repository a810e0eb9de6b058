package conductor.script.groovy;

import conductor.effect.AgentChoice;
import conductor.effect.BadArguments;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;

/**
 * Checks the arguments that a script gives to an effect against the effect's signature, at compile
 * time.
 */
final class ArgumentChecks {

  private final Report report;

  ArgumentChecks(Report report) {
    this.report = report;
  }

  /**
   * Checks one call.
   *
   * @param all its arguments; named ones in a map that stands first
   */
  void check(ASTNode call, Signature signature, List<Expression> all) {
    boolean isNamed = !all.isEmpty() && all.getFirst() instanceof MapExpression;
    List<MapEntryExpression> named =
        isNamed ? ((MapExpression) all.getFirst()).getMapEntryExpressions() : List.of();
    List<Expression> positional = isNamed ? all.subList(1, all.size()) : all;
    named.forEach(entry -> named(entry, signature));
    boolean spread =
        all.stream().anyMatch(SpreadExpression.class::isInstance)
            || named.stream()
                .anyMatch(entry -> entry.getKeyExpression() instanceof SpreadMapExpression);
    boolean misspelt =
        named.stream()
            .anyMatch(entry -> signature.parameter(entry.getKeyExpression().getText()).isEmpty());
    if (!spread && !misspelt) {
      count(call, signature, named, positional);
    }
  }

  private void named(MapEntryExpression entry, Signature signature) {
    if (entry.getKeyExpression() instanceof ConstantExpression key) {
      signature
          .parameter(key.getText())
          .ifPresentOrElse(
              parameter -> typed(parameter, signature, entry.getValueExpression()),
              () -> report.found(key, true, signature.unknown(key.getText())));
    }
  }

  private void count(
      ASTNode call,
      Signature signature,
      List<MapEntryExpression> named,
      List<Expression> positional) {
    List<Parameter> unnamed =
        signature.parameters().stream()
            .filter(parameter ->
                named.stream()
                    .noneMatch(entry -> parameter.isSpelt(entry.getKeyExpression().getText())))
            .toList();
    if (positional.size() > unnamed.size()) {
      report.found(
          call,
          true,
          "%s takes %d arguments; signature: %s"
              .formatted(signature.name(), signature.parameters().size(), signature));
      return;
    }
    boolean mayLead = signature.parameters().stream().anyMatch(Parameter::leading);
    for (int i = 0; i < positional.size() && !mayLead; i++) {
      typed(unnamed.get(i), signature, positional.get(i));
    }
    unnamed.stream()
        .filter(Parameter::required)
        .skip(positional.size())
        .findFirst()
        .ifPresent(parameter -> report.found(call, true, signature.missing(parameter)));
  }

  /** Checks the type of a literal, the only kind of value that is known before the script runs. */
  private void typed(Parameter parameter, Signature signature, Expression value) {
    if (value instanceof ConstantExpression constant && constant.getValue() != null) {
      try {
        signature.argument(parameter.name(), constant.getValue());
      } catch (BadArguments e) {
        report.found(value, true, String.valueOf(e.getMessage()));
      }
    } else if (value instanceof MapExpression map && parameter.type() == AgentChoice.class) {
      keys(parameter, signature, map);
    }
  }

  private void keys(Parameter parameter, Signature signature, MapExpression map) {
    for (MapEntryExpression entry : map.getMapEntryExpressions()) {
      if (entry.getKeyExpression() instanceof ConstantExpression key) {
        try {
          signature.argument(parameter.name(), Map.of(key.getText(), ""));
        } catch (BadArguments e) {
          report.found(key, true, String.valueOf(e.getMessage()));
        }
      }
    }
  }
}
