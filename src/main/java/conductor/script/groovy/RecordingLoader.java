package conductor.script.groovy;

import groovy.lang.GroovyClassLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;

/** Loads the classes that it compiles, and remembers their bytes. */
final class RecordingLoader extends GroovyClassLoader {

  private final Map<String, byte[]> classes = new LinkedHashMap<>();

  RecordingLoader(CompilerConfiguration configuration) {
    super(RecordingLoader.class.getClassLoader(), configuration);
  }

  Map<String, byte[]> classes() {
    return classes;
  }

  @Override
  protected ClassCollector createCollector(CompilationUnit unit, SourceUnit source) {
    return new ClassCollector(new InnerLoader(this), unit, source) {
      @Override
      protected Class<?> createClass(byte[] code, ClassNode type) {
        classes.put(type.getName(), code);
        return super.createClass(code, type);
      }
    };
  }
}
