package conductor.script.groovy;

import java.util.Map;

/** Loads classes that were compiled before. */
final class CompiledLoader extends ClassLoader {

  private final Map<String, byte[]> classes;

  CompiledLoader(Map<String, byte[]> classes, ClassLoader parent) {
    super(parent);
    this.classes = classes;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
