package conductor.script.groovy;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks up packages and classes of the JDK by name, for completion. */
final class JdkNames {

  private static final List<String> IMPORTED =
      List.of("", "java.lang.", "java.util.", "java.io.", "java.net.", "java.math.");

  private JdkNames() {}

  /** Returns the packages and classes in a package that begin with a prefix, with their kinds. */
  static Map<String, String> within(String parent, String start) {
    var names = new TreeMap<String, String>();
    String path = parent.isEmpty() ? "" : parent + ".";
    for (Module module : ModuleLayer.boot().modules()) {
      for (ModuleDescriptor.Exports exported : module.getDescriptor().exports()) {
        String name = exported.source();
        if (!exported.isQualified() && name.startsWith(path + start)) {
          names.put(name.substring(path.length()).split("\\.", 2)[0], "package");
        }
        if (!exported.isQualified() && name.equals(parent)) {
          classes(module.getName(), name, start).forEach(type -> names.put(type, "class"));
        }
      }
    }
    return names;
  }

  private static List<String> classes(String module, String parent, String start) {
    String path = parent.replace('.', '/') + "/";
    try (ModuleReader reader =
            ModuleLayer.boot().configuration().findModule(module).orElseThrow().reference().open();
        Stream<String> files = reader.list()) {
      return files
          .filter(file -> file.startsWith(path + start) && file.endsWith(".class"))
          .map(file -> file.substring(path.length(), file.length() - ".class".length()))
          .filter(name -> !name.contains("/") && !name.contains("$"))
          .filter(name -> find(parent + "." + name).isPresent())
          .toList();
    } catch (IOException e) {
      return List.of(); // an unreadable module offers no completions
    }
  }

  /** Returns the class of a name, qualified or imported by default, without initialising it. */
  static Optional<Class<?>> type(String name) {
    return IMPORTED.stream().map(path -> find(path + name)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Class<?>> find(String name) {
    try {
      Class<?> type = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      return Optional.<Class<?>>of(type).filter(it -> Modifier.isPublic(it.getModifiers()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  static Map<String, String> statics(Class<?> type) {
    var names = new TreeMap<String, String>();
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        boolean empty = method.getParameterCount() == 0;
        names.put(method.getName() + (empty ? "()" : "("), method.getReturnType().getSimpleName());
      }
    }
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        names.put(field.getName(), field.getType().getSimpleName());
      }
    }
    return names;
  }
}
