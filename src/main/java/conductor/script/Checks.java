package conductor.script;

import conductor.effect.Nearest;
import conductor.effect.Parameter;
import conductor.effect.Signature;
import conductor.effect.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SynchronizedStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a script before it runs: effects that nobody yields, wrong arguments, unknown effects,
 * and what a replay would see differently. A lint, not a sandbox.
 */
final class Checks extends CompilationCustomizer {

  private static final String ALLOWED = "// conductor: allow";

  private final Sources sources;
  private final OwnEffects own;
  private final List<Finding> findings = new ArrayList<>();

  Checks(Sources sources, OwnEffects own) {
    super(CompilePhase.SEMANTIC_ANALYSIS);
    this.sources = sources;
    this.own = own;
  }

  List<Finding> findings() {
    return findings;
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    if (!type.getName().equals(Performing.CLASS)) {
      new Visitor(unit, type).visitClass(type);
    }
  }

  private void report(SourceUnit unit, ASTNode at, String message) {
    int line = at.getLineNumber();
    if (line > 0 && !sources.line(unit.getName(), line).contains(ALLOWED)) {
      Finding finding = sources.finding(true, unit.getName(), line, at.getColumnNumber(), message);
      if (!findings.contains(finding)) {
        findings.add(finding);
      }
    }
  }

  private boolean isEffect(String name) {
    return own.vocabulary().signature(name).isPresent() || Vocabulary.controls().contains(name);
  }

  private final class Visitor extends ClassCodeVisitorSupport {

    private final SourceUnit unit;
    private final ClassNode type;
    private @Nullable String noYield;
    private @Nullable Statement last;

    Visitor(SourceUnit unit, ClassNode type) {
      this.unit = unit;
      this.type = type;
    }

    @Override
    protected SourceUnit getSourceUnit() {
      return unit;
    }

    @Override
    protected void visitConstructorOrMethod(MethodNode node, boolean isConstructor) {
      Statement outer = last;
      boolean isMain = type.isScript() && node.getName().equals("run");
      last = isConstructor || isMain ? null : lastOf(node.getCode());
      within(
          isMarked(node, "Memoized") ? "a @Memoized method" : noYield,
          () -> super.visitConstructorOrMethod(node, isConstructor));
      last = outer;
    }

    @Override
    public void visitField(org.codehaus.groovy.ast.FieldNode node) {
      within(isMarked(node, "Lazy") ? "a @Lazy field" : noYield, () -> super.visitField(node));
    }

    private static boolean isMarked(AnnotatedNode node, String annotation) {
      return node.getAnnotations().stream()
          .anyMatch(mark -> mark.getClassNode().getNameWithoutPackage().equals(annotation));
    }

    private void within(@Nullable String place, Runnable visit) {
      String outer = noYield;
      noYield = place;
      visit.run();
      noYield = outer;
    }

    /** The statement whose value a method or closure gives. */
    private static @Nullable Statement lastOf(@Nullable Statement code) {
      return code instanceof BlockStatement block && !block.isEmpty()
          ? block.getStatements().getLast()
          : code;
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
      Statement outer = last;
      last = lastOf(closure.getCode());
      super.visitClosureExpression(closure);
      last = outer;
    }

    @Override
    public void visitSynchronizedStatement(SynchronizedStatement statement) {
      within("a synchronized block", () -> super.visitSynchronizedStatement(statement));
    }

    @Override
    public void visitGStringExpression(GStringExpression text) {
      for (Expression value : text.getValues()) {
        boolean lazy = value instanceof ClosureExpression;
        within(lazy ? "a lazy part of a text" : noYield, () -> value.visit(this));
      }
    }

    @Override
    public void visitExpressionStatement(ExpressionStatement statement) {
      Optional<String> effect = effectOf(statement.getExpression());
      boolean value = statement.equals(last);
      if (effect.isPresent() && !value) {
        report(
            unit,
            statement.getExpression(),
            "%s is never performed: write yield %s(...)".formatted(effect.get(), effect.get()));
      }
      super.visitExpressionStatement(statement);
    }

    private Optional<String> effectOf(Expression expression) {
      return expression instanceof StaticMethodCallExpression call
          ? Calls.effect(call)
          : Optional.empty();
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
      Calls.effect(call)
          .flatMap(own.vocabulary()::signature)
          .ifPresent(signature -> arguments(call, signature, Calls.arguments(call)));
      Calls.handled(call).forEach(this::handled);
      if (Calls.isYield(call) && noYield != null) {
        report(
            unit, call, "yield inside %s is not replayed in order: move it out".formatted(noYield));
      }
      super.visitStaticMethodCallExpression(call);
    }

    private void handled(Expression name) {
      if (!own.vocabulary().names().contains(name.getText())) {
        boolean control = Vocabulary.controls().contains(name.getText());
        report(
            unit,
            name,
            control
                ? "%s shapes the run itself and has no handler".formatted(name.getText())
                : "unknown effect '%s'%s"
                    .formatted(
                        name.getText(), Nearest.hint(name.getText(), own.vocabulary().names())));
      }
    }

    private void arguments(ASTNode call, Signature signature, List<Expression> all) {
      List<MapEntryExpression> named =
          all.stream()
              .limit(1)
              .filter(MapExpression.class::isInstance)
              .flatMap(map -> ((MapExpression) map).getMapEntryExpressions().stream())
              .toList();
      boolean spread =
          all.stream().anyMatch(SpreadExpression.class::isInstance)
              || named.stream()
                  .anyMatch(entry -> entry.getKeyExpression() instanceof SpreadMapExpression);
      for (MapEntryExpression entry : named) {
        if (entry.getKeyExpression() instanceof ConstantExpression key
            && signature.parameter(key.getText()).isEmpty()) {
          report(unit, key, signature.unknown(key.getText()));
        }
      }
      if (!spread) {
        missing(call, signature, named, all.size() - (isNamed(all) ? 1 : 0));
      }
    }

    private static boolean isNamed(List<Expression> arguments) {
      return !arguments.isEmpty() && arguments.getFirst() instanceof MapExpression;
    }

    private void missing(
        ASTNode call, Signature signature, List<MapEntryExpression> named, int positional) {
      List<Parameter> unnamed =
          signature.parameters().stream()
              .filter(parameter ->
                  named.stream()
                      .noneMatch(entry -> parameter.isSpelt(entry.getKeyExpression().getText())))
              .toList();
      if (positional > unnamed.size()) {
        report(
            unit,
            call,
            "%s takes %d arguments; signature: %s"
                .formatted(signature.name(), signature.parameters().size(), signature));
        return;
      }
      unnamed.stream()
          .filter(Parameter::required)
          .skip(positional)
          .findFirst()
          .ifPresent(parameter -> report(unit, call, signature.missing(parameter)));
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      String name = String.valueOf(call.getMethodAsString());
      Expression object = call.getObjectExpression();
      if (call.isImplicitThis()) {
        unknown(call, name);
      }
      boolean text = object instanceof ConstantExpression || object instanceof GStringExpression;
      Hazards.method(name, text, call.isImplicitThis())
          .or(() ->
              object instanceof ClassExpression owner
                  ? Hazards.call(owner.getType().getNameWithoutPackage(), name)
                  : Optional.empty())
          .ifPresent(message -> report(unit, call, message));
      within(
          name.equals("computeIfAbsent") ? "computeIfAbsent" : noYield,
          () -> super.visitMethodCallExpression(call));
    }

    private void unknown(MethodCallExpression call, String name) {
      boolean verb = !name.isEmpty() && Character.isUpperCase(name.charAt(0));
      if (!verb || isEffect(name) || isDefined(name)) {
        return;
      }
      List<String> names =
          Stream.concat(own.vocabulary().names().stream(), Vocabulary.controls().stream()).toList();
      report(unit, call, "unknown effect '%s'%s".formatted(name, Nearest.hint(name, names)));
    }

    private boolean isDefined(String name) {
      return !type.getMethods(name).isEmpty()
          || (type.getOuterClass() != null && !type.getOuterClass().getMethods(name).isEmpty());
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression call) {
      if (!call.isSpecialCall()) {
        Hazards.construction(call.getType().getNameWithoutPackage())
            .ifPresent(message -> report(unit, call, message));
      }
      super.visitConstructorCallExpression(call);
    }
  }
}
