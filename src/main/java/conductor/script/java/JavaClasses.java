package conductor.script.java;

import conductor.script.Handling;
import conductor.script.java.JavaEvaluation.Variable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loads and calls the classes of one run of a workflow or session in Java. */
final class JavaClasses extends ClassLoader {

  private final Function<String, byte @Nullable []> types;

  /**
   * Creates a loader of compiled classes.
   *
   * @param types returns the bytes of a class by its name; null when there is none
   */
  JavaClasses(Function<String, byte @Nullable []> types) {
    super(JavaClasses.class.getClassLoader());
    this.types = types;
  }

  @Nullable Object call(String call) throws Exception {
    String[] words = call.split(" ", 2);
    try {
      var code = loadClass(words[0]).getDeclaredMethod(words[1]);
      code.setAccessible(true);
      return code.invoke(null);
    } catch (InvocationTargetException e) {
      throw Handling.sneaky(e.getTargetException());
    }
  }

  /**
   * Evaluates a snippet and returns the value of its last call: a {@link Returned} when a {@code
   * return} ends the workflow or entry.
   */
  @Nullable Object run(JavaEvaluation evaluation) throws Exception {
    evaluation.moved().forEach(moved -> set(moved.to(), value(moved.from())));
    Object value = null;
    for (String call : evaluation.calls()) {
      value = call(call);
    }
    evaluation.settled().forEach(moved -> set(moved.to(), value(moved.from())));
    return value;
  }

  @Nullable Object value(Variable variable) {
    try {
      return field(variable).get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets a variable; does nothing when the value is not of its type. */
  void set(Variable variable, @Nullable Object value) {
    try {
      field(variable).set(null, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (IllegalArgumentException e) {
      // the class was redefined, and the value is of the old one
    }
  }

  private Field field(Variable variable) {
    try {
      Field field = loadClass(variable.type()).getDeclaredField(variable.name());
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = types.apply(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
