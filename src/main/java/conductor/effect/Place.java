package conductor.effect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the argument that says where an effect acts: a worktree, several, or an agent that works in
 * one. Every argument of such a type has this mark.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Place {

  /**
   * Returns whether a snapshot is kept of the worktree as the effect leaves it, so that the run can
   * be forked after it: true for effects that may change files there.
   */
  boolean kept();
}
