package conductor.engine;

import org.jspecify.annotations.Nullable;

/** The way in which an execution of a run ended. */
public sealed interface RunResult {

  record Done(@Nullable Object value) implements RunResult {}

  /**
   * The result of a workflow that failed.
   *
   * @param message the error as its author is told
   * @param error the exception that escaped from the script
   */
  record Failed(String message, Throwable error) implements RunResult {}

  record Aborted(String reason) implements RunResult {}

  /** The result of a run that the process left, and that can be resumed. */
  record Suspended() implements RunResult {}
}
