package conductor.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a variable at a script's top level as a parameter of the workflow: {@code @Param('what it
 * is') String test_command = 'mvn -q test'}. One without a value is required. On a parameter of an
 * own effect it says what that is for.
 */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.LOCAL_VARIABLE, ElementType.PARAMETER, ElementType.FIELD})
public @interface Param {
  /** Returns what it is for. */
  String value() default "";
}
