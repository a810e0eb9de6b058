package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * A workflow ready to run: what a script host makes of a source and its parameters, and an engine
 * runs, once per execution.
 */
public interface Program {

  /**
   * Runs the workflow to its end on the calling thread.
   *
   * @return the workflow's result
   * @throws Throwable whatever the script lets escape
   */
  @Nullable Object run(Performer performer) throws Throwable;

  /**
   * Tells a script's error to its author: message, file and line, source line, the calls inside
   * scripts; no host frames.
   */
  String explain(Throwable error);
}
