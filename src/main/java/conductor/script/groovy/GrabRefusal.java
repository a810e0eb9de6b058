package conductor.script.groovy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Refuses {@code @Grab} and its kin. What they download while a script is compiled is no part of
 * the text that a person trusts and that a run keeps, so a resumed run could meet other code.
 */
final class GrabRefusal extends CompilationCustomizer {

  private static final Set<String> NAMES =
      Set.of("Grab", "Grapes", "GrabResolver", "GrabConfig", "GrabExclude");

  private @Nullable ModuleNode seen;

  GrabRefusal() {
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

    @Override
    public void visitAnnotations(AnnotatedNode node) {
      for (AnnotationNode mark : node.getAnnotations()) {
        String name = mark.getClassNode().getNameWithoutPackage();
        if (NAMES.contains(name)) {
          addError(
              "@%s is not supported, because a run keeps its text and not what a download brings: call a program that has the library, as in yield Exec(['jbang', 'Tool.java', argument])"
                  .formatted(name),
              mark);
        }
      }
    }
  }
}
