package conductor.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how the methods for workflows in Java take an argument. Without it they take one of the
 * argument's own type, and one that may be left out by a {@code with} method alone.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface InJava {

  /** Returns whether an argument that may be left out may be given by position too. */
  boolean positional() default false;

  /** Returns the type that the argument is declared as; {@code void} for its own. */
  Class<?> type() default void.class;
}
