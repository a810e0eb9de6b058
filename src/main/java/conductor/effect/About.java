package conductor.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an effect or one of its arguments; the effect reference, completion and error messages
 * are made from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface About {

  /** Returns one or more sentences of plain text. */
  String value();

  /** Returns a line of script that uses the effect; only on types. */
  String example() default "";
}
