package conductor.effect.vocabulary;

import conductor.effect.About;
import conductor.effect.Coercion;
import conductor.effect.Leading;
import conductor.effect.Spelt;
import conductor.state.SnakeCase;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an effect.
 *
 * @param name the name in scripts, in snake case
 * @param javaName the name in Java, which scripts may use too
 * @param also a second name that scripts may use; empty for none
 * @param required whether it must be given
 * @param leading whether it may also stand first, see {@link Leading}
 * @param about description for users
 */
public record Parameter(
    String name,
    String javaName,
    String also,
    Type type,
    boolean required,
    boolean leading,
    String about) {

  static Parameter of(RecordComponent component) {
    Spelt spelt = component.getAnnotation(Spelt.class);
    About about = component.getAnnotation(About.class);
    return new Parameter(
        spelt == null ? SnakeCase.of(component.getName()) : spelt.value(),
        component.getName(),
        spelt == null ? "" : spelt.also(),
        component.getGenericType(),
        !component.getAnnotatedType().isAnnotationPresent(Nullable.class),
        component.isAnnotationPresent(Leading.class),
        about == null ? "" : about.value());
  }

  /** Returns whether a name is one of those that scripts may use for the parameter. */
  public boolean isSpelt(String given) {
    return !given.isEmpty() && List.of(name, javaName, also).contains(given);
  }

  public String typeName() {
    return Coercion.describe(type);
  }

  /** Returns the name, with a question mark when it may be left out. */
  @Override
  public String toString() {
    return required ? name : name + "?";
  }
}
