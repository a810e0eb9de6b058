package conductor.script.groovy;

import static org.codehaus.groovy.ast.tools.GeneralUtils.block;
import static org.codehaus.groovy.ast.tools.GeneralUtils.returnS;

import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Finding;
import conductor.script.Param;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Finds the effects that scripts define: methods at the top level marked {@code @Effect('what it
 * does')}, whose code is the handler. Each becomes a word of the vocabulary, and a call of it
 * constructs an effect, as for the built-in ones.
 */
final class OwnEffects extends CompilationCustomizer {

  private static final String MARK = "Effect";
  private static final org.codehaus.groovy.ast.Parameter[] NOTHING =
      org.codehaus.groovy.ast.Parameter.EMPTY_ARRAY;

  private final Sources sources;
  final Map<String, Definition> definitions = new LinkedHashMap<>();
  final List<Finding> findings = new ArrayList<>();
  private final Set<SourceUnit> seen = new HashSet<>();
  private Vocabulary vocabulary = Vocabulary.standard();

  /**
   * An own effect and the place of its handler.
   *
   * @param unit the file that defines it
   * @param type the class of the script with the handler
   * @param defaults the names of the methods that return the parameters' defaults, by the
   *     parameters' names
   */
  record Definition(Signature signature, String unit, String type, Map<String, String> defaults) {}

  OwnEffects(Sources sources) {
    super(CompilePhase.CONVERSION);
    this.sources = sources;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Returns whether a file only defines effects for other scripts. */
  boolean isLibrary(String unit) {
    return sources.isPrefixed(unit);
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    if (!unit.getName().equals(YieldClass.FILE) && seen.add(unit)) {
      List<ClassNode> types = List.copyOf(unit.getAST().getClasses());
      types.forEach(each -> define(unit, each));
      if (isLibrary(unit.getName())) {
        types.forEach(each -> refuseStatements(unit, each));
      }
      if (!definitions.isEmpty()) {
        var calls = new OwnCalls(unit, definitions.keySet());
        types.forEach(calls::visitClass);
      }
    }
  }

  private void refuseStatements(SourceUnit unit, ClassNode type) {
    boolean runs = type.isScript() && type.getDeclaredMethod("run", NOTHING) != null;
    if (runs
        && type.getDeclaredMethod("run", NOTHING).getCode() instanceof BlockStatement block
        && !block.isEmpty()) {
      report(
          unit,
          block.getStatements().getFirst(),
          "a file of effects holds methods and classes only: this would never run");
    }
  }

  private void define(SourceUnit unit, ClassNode type) {
    var here = new HashSet<String>();
    for (MethodNode method : List.copyOf(type.getMethods())) {
      mark(method, MARK)
          .ifPresent(mark -> {
            method.getAnnotations().remove(mark);
            refusal(type, method, here.add(method.getName()))
                .ifPresentOrElse(
                    reason -> report(unit, method, reason), () -> define(unit, type, method, mark));
          });
    }
  }

  private static Optional<String> refusal(ClassNode type, MethodNode method, boolean first) {
    String name = method.getName();
    if (!type.isScript()) {
      return Optional.of("an effect is defined at the top level of a script, not in a class");
    }
    if (!Character.isUpperCase(name.charAt(0))) {
      return Optional.of("the name of an effect begins with a capital letter: %s".formatted(name));
    }
    if (Vocabulary.standard().hasWord(name)) {
      return Optional.of(
          "%s is the name of a built-in effect: choose another%s"
              .formatted(
                  name,
                  Vocabulary.controls().contains(name)
                      ? ""
                      : ", or handle it for a block with handling(%s: { effect, perform -> ... })"
                          .formatted(name)));
    }
    return first ? Optional.empty() : Optional.of("the effect %s is defined twice".formatted(name));
  }

  private void define(SourceUnit unit, ClassNode type, MethodNode method, AnnotationNode mark) {
    var parameters = new ArrayList<Parameter>();
    var defaults = new LinkedHashMap<String, String>();
    for (org.codehaus.groovy.ast.Parameter declared : method.getParameters()) {
      Expression value = declared.getInitialExpression();
      if (value != null) {
        defaults.put(declared.getName(), valueMethod(type, method, declared, value));
      }
      parameters.add(parameter(unit, method, declared, value == null));
    }
    Type reply =
        OwnTypes.of(method.getReturnType()).orElse(Object.class); // replies are not journaled
    method.setReturnType(ClassHelper.OBJECT_TYPE);
    method.setModifiers(Modifier.PUBLIC);
    var signature =
        Signature.own(
            method.getName(), parameters, reply, text(mark, "value"), text(mark, "example"));
    definitions.put(
        method.getName(), new Definition(signature, unit.getName(), type.getName(), defaults));
    vocabulary = vocabulary.with(List.of(signature));
  }

  private Parameter parameter(
      SourceUnit unit,
      MethodNode method,
      org.codehaus.groovy.ast.Parameter declared,
      boolean required) {
    Optional<AnnotationNode> about = mark(declared, Param.class.getSimpleName());
    about.ifPresent(declared.getAnnotations()::remove);
    String name = declared.getName();
    Optional<Type> type = OwnTypes.of(declared.getType());
    if (type.isEmpty()) {
      report(
          unit,
          declared,
          "'%s' of %s is a %s, which cannot be journaled: use texts, numbers, times, paths, lists, maps, and the records of effects and replies"
              .formatted(name, method.getName(), declared.getType().toString(false)));
    }
    return new Parameter(
        name,
        name,
        "",
        type.orElse(Object.class),
        required,
        false,
        about.map(mark -> text(mark, "value")).orElse(""));
  }

  /** Moves a default to a method of its own, so that any parameter may be left out. */
  private static String valueMethod(
      ClassNode type, MethodNode effect, org.codehaus.groovy.ast.Parameter of, Expression value) {
    of.setInitialExpression(null);
    String name = "_default_" + effect.getName() + "_" + of.getName() + "_";
    var method =
        new MethodNode(
            name,
            Modifier.PUBLIC,
            ClassHelper.OBJECT_TYPE,
            NOTHING,
            ClassNode.EMPTY_ARRAY,
            block(returnS(value)));
    type.addMethod(method);
    return name;
  }

  private static Optional<AnnotationNode> mark(AnnotatedNode node, String name) {
    return node.getAnnotations().stream()
        .filter(mark -> mark.getClassNode().getNameWithoutPackage().equals(name))
        .findFirst();
  }

  private static String text(AnnotationNode mark, String member) {
    return mark.getMember(member) instanceof ConstantExpression text ? text.getText() : "";
  }

  private void report(SourceUnit unit, ASTNode at, String message) {
    findings.add(
        sources.finding(true, unit.getName(), at.getLineNumber(), at.getColumnNumber(), message));
  }
}
