package conductor.script.groovy;

import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
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
 * Checks a script before it runs: effects that are never performed, wrong arguments, unknown
 * effects, and code that a replay would run differently. Warns of mistakes; is no sandbox.
 */
public final class GroovyChecks extends CompilationCustomizer {

  private static final Set<String> WORKFLOW = Set.of("issue", "params");
  private static final Set<String> PRINTING = Set.of("print", "println", "printf");
  private static final Set<String> CALLED_LATER = Set.of("computeIfAbsent", "withDefault");

  /** The comment that lets the findings of its line pass. */
  public static final String ALLOWED = "// conductor: allow";

  private final Sources sources;
  private final OwnEffects own;
  private final Parameters parameters;
  private final boolean whole;
  final List<Finding> findings = new ArrayList<>();

  GroovyChecks(Sources sources, OwnEffects own, Parameters parameters, boolean whole) {
    super(CompilePhase.SEMANTIC_ANALYSIS);
    this.whole = whole;
    this.sources = sources;
    this.own = own;
    this.parameters = parameters;
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    if (type.getName().equals(YieldClass.NAME)) {
      return;
    }
    Report report = (at, error, message) -> report(unit, at, error, message);
    new Visitor(unit, type, report).visitClass(type);
    new LoopVariables(unit, report).visitClass(type);
    var held = new UnperformedEffects(unit, report);
    held.visitClass(type);
    held.tell();
    boolean main = type.isScript() && !own.isLibrary(unit.getName());
    new FieldChecks(unit, own.vocabulary(), main && whole, report).check(type);
    new ShellTexts(unit, own.vocabulary(), main && whole, report).visitClass(type);
    if (!whole) {
      return;
    }
    new NameChecks(
            unit,
            type,
            main ? WORKFLOW : Set.of(),
            main ? parameters.declarations : Map.of(),
            report)
        .check();
  }

  private void report(SourceUnit unit, ASTNode at, boolean error, String message) {
    int line = at.getLineNumber();
    if (line > 0 && !sources.line(unit.getName(), line).contains(ALLOWED)) {
      Finding finding = sources.finding(error, unit.getName(), line, at.getColumnNumber(), message);
      if (!findings.contains(finding)) {
        findings.add(finding);
      }
    }
  }

  private final class Visitor extends UnitVisitor {

    private final ClassNode type;
    private final ArgumentChecks arguments;
    private @Nullable String noYield;
    private @Nullable Statement last;

    Visitor(SourceUnit unit, ClassNode type, Report report) {
      super(unit, report);
      this.type = type;
      this.arguments = new ArgumentChecks(report);
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

    /** Returns the statement whose value a method or closure returns. */
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
      Optional<String> effect = Calls.effect(statement.getExpression());
      if (effect.isPresent() && !statement.equals(last)) {
        report.found(
            statement.getExpression(),
            true,
            "%s is never performed: write yield %s(...)".formatted(effect.get(), effect.get()));
      }
      super.visitExpressionStatement(statement);
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
      Calls.effect(call)
          .flatMap(own.vocabulary()::signature)
          .ifPresent(signature -> arguments.check(call, signature, Calls.arguments(call)));
      Calls.handled(call).forEach(this::handled);
      HazardFinder.member(call.getOwnerType(), call.getMethod())
          .ifPresent(message -> report.found(call, true, message));
      if (Calls.isYield(call) && noYield != null) {
        report.found(
            call, true, "yield inside %s is not replayed in order: move it out".formatted(noYield));
      }
      if (Calls.isYield(call)) {
        Calls.constant(call).ifPresent(this::noEffect);
      }
      super.visitStaticMethodCallExpression(call);
    }

    private void handled(Expression key) {
      String name = key.getText();
      if (Vocabulary.controls().contains(name)) {
        report.found(key, true, name + " shapes the run itself and has no handler");
      } else if (own.vocabulary().signature(name).isEmpty()) {
        String hint = Nearest.hint(name, own.vocabulary().names());
        report.found(key, true, "unknown effect '%s'%s".formatted(name, hint));
      }
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      String name = String.valueOf(call.getMethodAsString());
      Expression object = call.getObjectExpression();
      if (call.isImplicitThis()) {
        unknown(call, name);
        yielded(call, name);
      }
      hazard(call, name, object);
      within(name.equals("memoize") ? "a memoized closure" : noYield, () -> object.visit(this));
      call.getMethod().visit(this);
      within(CALLED_LATER.contains(name) ? name : noYield, () -> call.getArguments().visit(this));
    }

    private void hazard(MethodCallExpression call, String name, Expression object) {
      HazardFinder.call(call, name, object).ifPresent(message -> report.found(call, true, message));
      if (call.isImplicitThis() && PRINTING.contains(name)) {
        report.found(
            call,
            false,
            "%s prints again on every resume, into what others read as the result: use yield Status(text)"
                .formatted(name));
      }
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
      HazardFinder.property(property).ifPresent(message -> report.found(property, true, message));
      super.visitPropertyExpression(property);
    }

    @Override
    public void visitMethodPointerExpression(MethodPointerExpression pointer) {
      HazardFinder.pointer(pointer).ifPresent(message -> report.found(pointer, true, message));
      super.visitMethodPointerExpression(pointer);
    }

    @Override
    public void visitCastExpression(CastExpression cast) {
      HazardFinder.made(cast.getType(), false)
          .ifPresent(message -> report.found(cast, true, message));
      super.visitCastExpression(cast);
    }

    private void unknown(MethodCallExpression call, String name) {
      boolean verb = !name.isEmpty() && Character.isUpperCase(name.charAt(0));
      if (verb && !own.vocabulary().hasWord(name) && !isDefined(name)) {
        String hint = Nearest.hint(name, own.vocabulary().words());
        report.found(call, true, "unknown effect '%s'%s".formatted(name, hint));
      }
    }

    /** Reports a {@code yield} of a literal, which the compiler reads as a call of a method. */
    private void yielded(MethodCallExpression call, String name) {
      if (name.equals("yield")
          && !isDefined(name)
          && call.getArguments() instanceof TupleExpression tuple
          && tuple.getExpressions().size() == 1
          && Calls.isLiteral(tuple.getExpression(0))) {
        noEffect(tuple.getExpression(0));
      }
    }

    private void noEffect(Expression value) {
      report.found(value, true, "yield takes an effect, such as Now(); found " + value.getText());
    }

    private boolean isDefined(String name) {
      return !type.getMethods(name).isEmpty()
          || (type.getOuterClass() != null && !type.getOuterClass().getMethods(name).isEmpty());
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression call) {
      if (!call.isSpecialCall()) {
        boolean empty =
            call.getArguments() instanceof TupleExpression all && all.getExpressions().isEmpty();
        HazardFinder.made(call.getType(), empty)
            .ifPresent(message -> report.found(call, true, message));
      }
      super.visitConstructorCallExpression(call);
    }
  }
}
