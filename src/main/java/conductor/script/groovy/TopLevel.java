package conductor.script.groovy;

import static org.codehaus.groovy.ast.tools.GeneralUtils.args;
import static org.codehaus.groovy.ast.tools.GeneralUtils.callThisX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.constX;
import static org.codehaus.groovy.ast.tools.GeneralUtils.stmt;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.LambdaExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the top-level declarations of an entry outlive it: local variables become variables of the
 * session, and imports are kept for later entries. Before each statement it inserts a call that
 * reports the progress to the session.
 */
final class TopLevel extends CompilationCustomizer {

  private static final int STATEMENTS_PER_METHOD = 400;

  private String entry = "";
  private boolean scopes;
  private Seen seen = new Seen();

  TopLevel() {
    super(CompilePhase.CONVERSION);
  }

  /**
   * A top-level statement.
   *
   * @param declaration the declaration that it is; null when it is none
   * @param mentioned the names that it mentions
   */
  record Top(
      Statement statement, @Nullable DeclarationExpression declaration, Set<String> mentioned) {}

  /** The top level of an entry. Positions are those of the rewritten text. */
  static final class Seen {
    final List<ImportNode> imports = new ArrayList<>();
    final List<MethodNode> methods = new ArrayList<>();
    final List<ClassNode> classes = new ArrayList<>();
    final List<Top> statements = new ArrayList<>();

    /** Names mentioned in methods and classes, which do not see a script's local variables. */
    final Set<String> apart = new HashSet<>();

    /** Adds the imports to those of later entries. */
    void addTo(ImportCustomizer kept) {
      for (ImportNode one : imports) {
        if (one.isStatic() && one.isStar()) {
          kept.addStaticStars(one.getClassName());
        } else if (one.isStatic()) {
          kept.addStaticImport(one.getAlias(), one.getClassName(), one.getFieldName());
        } else if (one.isStar()) {
          kept.addStarImports(one.getPackageName().replaceFirst("\\.$", ""));
        } else {
          kept.addImport(one.getAlias(), one.getClassName());
        }
      }
    }
  }

  /**
   * Begins a new entry. The returned object is filled while the entry is compiled.
   *
   * @param scopes whether it hands over the variables of its blocks
   */
  Seen next(String unit, boolean scopes) {
    entry = unit;
    this.scopes = scopes;
    seen = new Seen();
    return seen;
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    if (!unit.getName().equals(entry)) {
      return; // a file of the library
    }
    if (!type.isScript()) {
      seen.classes.add(type);
      type.getMethods().forEach(method -> mention(method.getCode(), seen.apart));
      type.getFields().forEach(field -> mention(field.getInitialValueExpression(), seen.apart));
      return;
    }
    imports(unit);
    for (MethodNode method : List.copyOf(type.getMethods())) {
      if (method.getName().equals("run") && method.getParameters().length == 0) {
        run(type, method);
      } else if (method.getLineNumber() > 0 && !method.isSynthetic()) {
        seen.methods.add(method);
        mention(method.getCode(), seen.apart);
        if (scopes) {
          new LocalVariables().into(method);
        }
      }
    }
  }

  private void imports(SourceUnit unit) {
    var module = unit.getAST();
    List<ImportNode> all = new ArrayList<>(module.getImports());
    all.addAll(module.getStarImports());
    all.addAll(module.getStaticImports().values());
    all.addAll(module.getStaticStarImports().values());
    all.stream().filter(one -> one.getLineNumber() > 0).forEach(seen.imports::add);
  }

  private void run(ClassNode type, MethodNode run) {
    if (!(run.getCode() instanceof BlockStatement block)) {
      return;
    }
    var statements = new ArrayList<Statement>();
    for (Statement statement : block.getStatements()) {
      var mentioned = new HashSet<String>();
      mention(statement, mentioned);
      seen.statements.add(new Top(statement, declaration(statement), mentioned));
      if (scopes) {
        new LocalVariables().into(statement);
      }
      Statement at = stmt(callThisX("_at_", args(constX(seen.statements.size() - 1, true))));
      at.setSourcePosition(statement);
      statements.add(at);
      statements.add(lasting(statement));
    }
    block.getStatements().clear();
    if (statements.size() <= STATEMENTS_PER_METHOD
        || statements.stream().anyMatch(TopLevel::returns)) {
      statements.forEach(block::addStatement);
    } else {
      split(type, statements).forEach(block::addStatement);
    }
  }

  /** Splits a long entry into several methods, because a class file limits the size of one. */
  private static List<Statement> split(ClassNode type, List<Statement> statements) {
    var calls = new ArrayList<Statement>();
    for (int from = 0; from < statements.size(); from += STATEMENTS_PER_METHOD) {
      var body = new BlockStatement();
      statements
          .subList(from, Math.min(from + STATEMENTS_PER_METHOD, statements.size()))
          .forEach(body::addStatement);
      String name = "part$" + calls.size();
      type.addMethod(
          name,
          Modifier.PUBLIC,
          ClassHelper.OBJECT_TYPE,
          Parameter.EMPTY_ARRAY,
          ClassNode.EMPTY_ARRAY,
          body);
      calls.add(stmt(callThisX(name)));
    }
    return calls;
  }

  /** Returns whether a statement has a {@code return} of the entry, not of a closure or lambda. */
  static boolean returns(Statement statement) {
    var found = new AtomicBoolean();
    statement.visit(
        new CodeVisitorSupport() {
          @Override
          public void visitReturnStatement(ReturnStatement statement) {
            found.set(true);
          }

          @Override
          public void visitClosureExpression(ClosureExpression closure) {}

          @Override
          public void visitLambdaExpression(LambdaExpression lambda) {}
        });
    return found.get();
  }

  private Statement lasting(Statement statement) {
    DeclarationExpression declaration = declaration(statement);
    if (declaration == null) {
      return statement;
    }
    Statement lasting = stmt(assignment(declaration));
    lasting.setSourcePosition(statement);
    return lasting;
  }

  private static @Nullable DeclarationExpression declaration(Statement statement) {
    return statement instanceof ExpressionStatement line
            && line.getExpression() instanceof DeclarationExpression declaration
        ? declaration
        : null;
  }

  private static Expression assignment(DeclarationExpression declaration) {
    Expression value = declaration.getRightExpression();
    Expression assignment =
        declaration.isMultipleAssignmentDeclaration()
            ? new BinaryExpression(
                tuple(declaration.getTupleExpression()), declaration.getOperation(), value)
            : new BinaryExpression(
                variable(declaration.getVariableExpression()),
                declaration.getOperation(),
                value(declaration.getVariableExpression(), value));
    assignment.setSourcePosition(declaration);
    return assignment;
  }

  private static Expression value(VariableExpression variable, Expression value) {
    Expression given = value instanceof EmptyExpression ? constX(null) : value;
    if (variable.isDynamicTyped() || value instanceof EmptyExpression) {
      return given;
    }
    Expression cast = new CastExpression(variable.getOriginType(), given);
    cast.setSourcePosition(value);
    return cast;
  }

  private static TupleExpression tuple(TupleExpression declared) {
    var tuple = new TupleExpression();
    declared
        .getExpressions()
        .forEach(variable -> tuple.addExpression(variable((VariableExpression) variable)));
    tuple.setSourcePosition(declared);
    return tuple;
  }

  private static VariableExpression variable(VariableExpression declared) {
    var variable = new VariableExpression(declared.getName());
    variable.setSourcePosition(declared);
    return variable;
  }

  private static void mention(@Nullable ASTNode code, Set<String> names) {
    if (code != null) {
      code.visit(
          new CodeVisitorSupport() {
            @Override
            public void visitVariableExpression(VariableExpression variable) {
              names.add(variable.getName());
              super.visitVariableExpression(variable);
            }
          });
    }
  }
}
