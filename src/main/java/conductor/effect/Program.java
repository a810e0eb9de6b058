package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * A workflow ready to run. A script host makes it of a source and its parameters; an engine runs
 * it, once per execution.
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
   * Returns a script's error in words for its author: message, file and line, source line, and the
   * calls inside scripts, without frames of conductor.
   */
  String explain(Throwable error);
}
