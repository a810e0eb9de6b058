package conductor.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the words of Java take an argument, where it is not by its type and, when it may be left out,
 * by a {@code with} method alone.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface InJava {

  /** Whether it may be given by position too, though it may be left out. */
  boolean positional() default false;

  /** Returns the type that it is declared as; {@code void} for its own. */
  Class<?> type() default void.class;
}
