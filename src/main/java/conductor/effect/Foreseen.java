package conductor.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the text that a plan takes for an effect's reply. Without this annotation a plan takes a
 * plain value of the reply's type, such as an empty list.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Foreseen {

  /** Returns the reply of the effect when all goes well. */
  String value();
}
