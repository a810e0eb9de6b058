package conductor.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the names that scripts use for an argument, where these are not its Java name in snake
 * case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Spelt {

  /** Returns the name, in snake case. */
  String value();

  /** Returns a second name that scripts may use; empty for none. */
  String also() default "";
}
