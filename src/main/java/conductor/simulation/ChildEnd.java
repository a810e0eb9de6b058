package conductor.simulation;

import conductor.effect.WorkflowEffect;
import conductor.effect.WorkflowFailure;
import conductor.engine.RunResult;
import java.time.Duration;

/**
 * The end of a child workflow's run.
 *
 * @param took how long it took, in the time of the simulation
 */
record ChildEnd(WorkflowEffect.RunWorkflow child, RunResult result, Duration took) {

  /** Returns the course of the effect that ran it. */
  Course course() {
    return new Course(
        took,
        () ->
            switch (result) {
              case RunResult.Done done -> done.value();
              case RunResult.Failed failed -> throw failed(failed.message());
              case RunResult.Aborted aborted -> throw failed(aborted.reason());
              case RunResult.Suspended _ -> throw failed("it was left");
            });
  }

  private WorkflowFailure failed(String message) {
    return new WorkflowFailure.ChildFailed("simulated", child.workflow(), message);
  }
}
