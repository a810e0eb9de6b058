package conductor.engine;

import org.jspecify.annotations.Nullable;

/** How an execution of a run ended. */
public sealed interface RunResult {

  /** The workflow returned. */
  record Done(@Nullable Object value) implements RunResult {}

  /**
   * The workflow failed.
   *
   * @param message what its author is told
   * @param error what escaped from the script
   */
  record Failed(String message, Throwable error) implements RunResult {}

  /** The run was stopped. */
  record Aborted(String reason) implements RunResult {}

  /** The process left the run, which can be resumed. */
  record Suspended() implements RunResult {}
}
