package conductor.effect.vocabulary;

import conductor.effect.Coercion;
import conductor.effect.Failure;
import conductor.effect.Spelt;
import conductor.state.SnakeCase;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a reply or a failure.
 *
 * @param name the name in scripts, in snake case
 * @param javaName the name in Java, which scripts may use too
 * @param nullable whether it may be null
 */
public record DataField(String name, String javaName, Type type, boolean nullable) {

  static DataField of(RecordComponent component) {
    Spelt spelt = component.getAnnotation(Spelt.class);
    return new DataField(
        spelt == null ? SnakeCase.of(component.getName()) : spelt.value(),
        component.getName(),
        component.getGenericType(),
        component.getAnnotatedType().isAnnotationPresent(Nullable.class));
  }

  /** Returns a public field of a {@link Failure}. */
  static DataField of(Field field) {
    return new DataField(
        SnakeCase.of(field.getName()),
        field.getName(),
        field.getGenericType(),
        field.getAnnotatedType().isAnnotationPresent(Nullable.class));
  }

  /** Returns whether a name is one of those that scripts may use for the field. */
  boolean isSpelt(String given) {
    return List.of(name, javaName, SnakeCase.of(javaName)).contains(given);
  }

  public String typeName() {
    return type == Duration.class ? "Duration" : Coercion.describe(type);
  }

  /** Returns the name, with a question mark when it may be null. */
  @Override
  public String toString() {
    return nullable ? name + "?" : name;
  }
}
