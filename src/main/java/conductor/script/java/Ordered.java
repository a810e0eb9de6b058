package conductor.script.java;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Implements {@code Map.of} and {@code Set.of} for workflows in Java with the order in which the
 * elements are written. The JDK's order differs from process to process, and a replay would
 * diverge.
 */
public final class Ordered {

  private Ordered() {}

  /**
   * Links a call of {@link #map} or {@link #set} with any number of arguments; bootstrap method of
   * the calls in compiled workflows.
   *
   * @param name {@code map} or {@code set}
   */
  public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type)
      throws ReflectiveOperationException {
    Class<?> reply = name.equals("map") ? Map.class : Set.class;
    MethodHandle made =
        MethodHandles.lookup()
            .findStatic(Ordered.class, name, MethodType.methodType(reply, Object[].class));
    boolean varargs = type.parameterCount() == 1 && type.parameterType(0).isArray();
    return new ConstantCallSite(
        (varargs ? made : made.asCollector(Object[].class, type.parameterCount())).asType(type));
  }

  static Map<Object, Object> map(Object... pairs) {
    var map = new LinkedHashMap<Object, Object>();
    for (int at = 0; at < pairs.length; at += 2) {
      Object before =
          map.put(Objects.requireNonNull(pairs[at]), Objects.requireNonNull(pairs[at + 1]));
      if (before != null) {
        throw new IllegalArgumentException("duplicate key: " + pairs[at]);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  static Set<Object> set(Object... items) {
    var set = new LinkedHashSet<Object>();
    for (Object item : items) {
      if (!set.add(Objects.requireNonNull(item))) {
        throw new IllegalArgumentException("duplicate element: " + item);
      }
    }
    return Collections.unmodifiableSet(set);
  }
}
