package conductor.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a variable at a script's top level as a parameter of the workflow: {@code @Param('what
 * it is') String test_command = 'mvn -q test'}. A parameter without a value is required. On a
 * parameter of an own effect it only describes that parameter.
 */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.LOCAL_VARIABLE, ElementType.PARAMETER, ElementType.FIELD})
public @interface Param {
  String value() default "";
}
