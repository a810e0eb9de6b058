package conductor.script.groovy;

import conductor.effect.vocabulary.Nearest;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;

/**
 * Finds names that nothing declares, parameters that are never used, and variables that hide those
 * of the workflow. Closures of {@code with} and {@code tap} are not checked, because their names
 * belong to another object.
 */
final class NameChecks extends UnitVisitor {

  private static final Set<String> ALWAYS =
      Set.of("owner", "delegate", "thisObject", "metaClass", "binding", "args", "class");
  private static final Set<String> WITH_ANOTHER_OBJECT = Set.of("with", "tap");
  private static final Set<String> OF_EVERY_OBJECT =
      Arrays.stream(DefaultGroovyMethods.class.getMethods())
          .filter(method ->
              method.getParameterCount() > 0 && method.getParameterTypes()[0] == Object.class)
          .map(Method::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final ClassNode type;
  private final Set<String> bindings;
  private final Map<String, ? extends ASTNode> parameters;
  private final Set<String> assigned = new HashSet<>();
  private final Set<String> declared = new HashSet<>();
  private final Set<String> used = new HashSet<>();
  private final Set<String> words = new TreeSet<>();
  private boolean collecting = true;
  private boolean ofAnotherObject;

  /**
   * Creates the check of a class.
   *
   * @param bindings the variables that the workflow is given
   * @param parameters the declarations of its parameters, by name
   */
  NameChecks(
      SourceUnit unit,
      ClassNode type,
      Collection<String> bindings,
      Map<String, ? extends ASTNode> parameters,
      Report report) {
    super(unit, report);
    this.type = type;
    this.bindings = Set.copyOf(bindings);
    this.parameters = parameters;
    words.addAll(bindings);
    words.addAll(parameters.keySet());
  }

  /** Visits the class twice: to collect what is declared, then to report. */
  void check() {
    visitClass(type);
    collecting = false;
    visitClass(type);
    if (!used.contains("params")) {
      parameters.forEach((name, declaration) -> {
        if (!used.contains(name)) {
          report.found(declaration, false, "the parameter '%s' is not used".formatted(name));
        }
      });
    }
  }

  private boolean isGiven(String name) {
    return bindings.contains(name) || parameters.containsKey(name);
  }

  @Override
  public void visitVariableExpression(VariableExpression variable) {
    String name = variable.getName();
    used.add(name);
    if (!(variable.getAccessedVariable() instanceof DynamicVariable)) {
      words.add(name);
      return;
    }
    boolean known =
        isGiven(name)
            || assigned.contains(name)
            || ALWAYS.contains(name)
            || type.getField(name) != null; // declared with @Field
    if (!collecting && !known && !ofAnotherObject) {
      report.found(variable, true, unknown(name));
    }
  }

  private String unknown(String name) {
    return declared.contains(name)
        ? "'%s' is declared elsewhere and not seen here: a method sees no variables of its script; give it to the method, or declare it with '@Field def %s = ...' at top level"
            .formatted(name, name)
        : "unknown name '%s'%s".formatted(name, Nearest.hint(name, words));
  }

  @Override
  public void visitBinaryExpression(BinaryExpression operation) {
    if (type.isScript() && operation.getOperation().getText().equals("=")) {
      assigned(operation.getLeftExpression());
    }
    super.visitBinaryExpression(operation);
  }

  /** Records that an assignment without a declaration creates a variable of the script. */
  private void assigned(Expression left) {
    if (left instanceof TupleExpression several) {
      several.getExpressions().forEach(this::assigned);
    } else if (left instanceof VariableExpression variable
        && variable.getAccessedVariable() instanceof DynamicVariable) {
      assigned.add(variable.getName());
      words.add(variable.getName());
    }
  }

  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    if (declaration.getLeftExpression() instanceof VariableExpression variable) {
      declared(variable, variable.getName());
    }
    super.visitDeclarationExpression(declaration);
  }

  @Override
  public void visitClosureExpression(ClosureExpression closure) {
    if (closure.getParameters() != null) {
      for (Parameter parameter : closure.getParameters()) {
        declared(parameter, parameter.getName());
      }
    }
    super.visitClosureExpression(closure);
  }

  private void declared(ASTNode at, String name) {
    words.add(name);
    declared.add(name);
    if (!collecting && type.isScript() && isGiven(name)) {
      report.found(
          at,
          false,
          "'%s' hides the workflow's own %s: choose another name"
              .formatted(name, bindings.contains(name) ? name : "parameter"));
    }
  }

  @Override
  public void visitMethodCallExpression(MethodCallExpression call) {
    String name = String.valueOf(call.getMethodAsString());
    if (call.isImplicitThis() && call.getMethodAsString() != null) {
      used.add(name);
      called(call, name);
    }
    boolean outer = ofAnotherObject;
    call.getObjectExpression().visit(this);
    call.getMethod().visit(this);
    ofAnotherObject |= WITH_ANOTHER_OBJECT.contains(name);
    call.getArguments().visit(this);
    ofAnotherObject = outer;
  }

  private void called(MethodCallExpression call, String name) {
    boolean effect = !name.isEmpty() && Character.isUpperCase(name.charAt(0));
    boolean known =
        effect // Checks looks for unknown effects
            || isGiven(name)
            || assigned.contains(name)
            || OF_EVERY_OBJECT.contains(name)
            || isMethod(type, name);
    if (!collecting && !known && !ofAnotherObject) {
      if (name.equals("yield")) {
        report.found(
            call.getArguments(),
            true,
            "yield takes an effect, such as Now(); found " + found(call.getArguments()));
        return;
      }
      var candidates = new TreeSet<>(words);
      type.getMethods().forEach(method -> candidates.add(method.getName()));
      report.found(
          call.getMethod(),
          true,
          "unknown method '%s'%s".formatted(name, Nearest.hint(name, candidates)));
    }
  }

  private static String found(Expression arguments) {
    return arguments instanceof TupleExpression several
        ? several.getExpressions().stream()
            .map(Expression::getText)
            .collect(Collectors.joining(", "))
        : arguments.getText();
  }

  private static boolean isMethod(ClassNode type, String name) {
    for (ClassNode at = type; at != null; at = at.getOuterClass()) {
      boolean inherited =
          at.getAllInterfaces().stream().anyMatch(face -> !face.getMethods(name).isEmpty());
      boolean property =
          at.getProperty(name) != null || at.getField(name) != null; // a closure in a field
      if (inherited || property || !at.getMethods(name).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
