package conductor.script.groovy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what would act while a script is compiled, before anyone was asked whether it is trusted.
 * What {@code @Grab} downloads is no part of the text that a run keeps, so a resumed run could meet
 * other code; {@code @ASTTest} and transformations of a script's own run code in the compiler.
 */
final class CompileTimeRefusal extends CompilationCustomizer {

  private static final Set<String> GRABS =
      Set.of("Grab", "Grapes", "GrabResolver", "GrabConfig", "GrabExclude");

  /** Each has the compiler run code, or stands for annotations that do. */
  private static final Set<String> RUN =
      Set.of(
          "ASTTest",
          "AnnotationCollector",
          "GroovyASTTransformation",
          "GroovyASTTransformationClass");

  /** Members by which annotations name code that the compiler loads and runs. */
  private static final Set<String> MEMBERS = Set.of("extensions", "builderStrategy");

  private @Nullable ModuleNode seen;

  CompileTimeRefusal() {
    super(CompilePhase.CONVERSION);
  }

  /** Returns a configuration in which Groovy itself does not look at the annotations. */
  static CompilerConfiguration configuration() {
    var configuration = new CompilerConfiguration();
    configuration.setDisabledGlobalASTTransformations(
        Set.of("groovy.grape.GrabAnnotationTransformation"));
    return configuration;
  }

  @Override
  public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
    var grabs = new Grabs(unit);
    ModuleNode module = type.getModule();
    if (module != null && !module.equals(seen)) {
      seen = module;
      Stream.of(
              module.getImports(),
              module.getStarImports(),
              module.getStaticImports().values(),
              module.getStaticStarImports().values(),
              module.getPackage() == null ? List.<AnnotatedNode>of() : List.of(module.getPackage()))
          .flatMap(nodes -> nodes.stream())
          .forEach(grabs::visitAnnotations);
      module.getImports().forEach(grabs::imported); // under another name, too
    }
    grabs.visitClass(type);
  }

  private static final class Grabs extends ClassCodeVisitorSupport {

    private final SourceUnit unit;

    Grabs(SourceUnit unit) {
      this.unit = unit;
    }

    @Override
    protected SourceUnit getSourceUnit() {
      return unit;
    }

    void imported(ImportNode node) {
      if (RUN.contains(node.getType().getNameWithoutPackage())) {
        refuse(node.getType().getNameWithoutPackage(), node);
      }
    }

    @Override
    public void visitAnnotations(AnnotatedNode node) {
      for (AnnotationNode mark : node.getAnnotations()) {
        String name = mark.getClassNode().getNameWithoutPackage();
        if (GRABS.contains(name)) {
          addError(
              "@%s is not supported, because a run keeps its text and not what a download brings: call a program that has the library, as in yield Exec(['jbang', 'Tool.java', argument])"
                  .formatted(name),
              mark);
        } else if (RUN.contains(name)) {
          refuse(name, mark);
        }
        mark.getMembers().keySet().stream()
            .filter(MEMBERS::contains)
            .forEach(member -> refuse(name + "(" + member + ": ...)", mark));
      }
    }

    private void refuse(String what, ASTNode at) {
      addError(
          "@%s is not supported: it runs code while the script is compiled, before anyone has trusted it"
              .formatted(what),
          at);
    }
  }
}
