package conductor.engine;

import conductor.engine.handler.Act;
import conductor.engine.handler.Parking;
import conductor.journal.Note;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message to the loop of a run, from the run's threads or from outside. */
sealed interface LoopEvent {

  /** A branch's request for an effect, whose reply it waits for. */
  record Asks(Branch branch, Request request) implements LoopEvent {}

  /** The end of a branch's body, which returned or threw. */
  record Ends(Branch branch, @Nullable Object value, @Nullable Throwable thrown)
      implements LoopEvent {}

  /** The end of a handler's work on an effect, and when its outcome came about. */
  record Performed(HandlerTask performance, Outcome outcome, Instant completedAt)
      implements LoopEvent {}

  /** The notice that an adopted effect goes on. */
  record StillRunning(HandlerTask performance) implements LoopEvent {}

  /**
   * A handler's question about a step that it is about to take.
   *
   * @param epoch of the effect's intent: steps of earlier epochs are not open any more
   * @param answer is completed by the loop
   */
  record StepBegins(
      HandlerTask performance,
      int epoch,
      String name,
      Act<?> act,
      CompletableFuture<HandlerTask.Step> answer)
      implements LoopEvent {}

  /** The outcome of a step; the loop completes {@code written} when it is in the journal. */
  record StepEnds(
      HandlerTask performance,
      Position position,
      Outcome outcome,
      CompletableFuture<Boolean> written)
      implements LoopEvent {}

  /** The decision of people about a parked failure. */
  record Decided(HandlerTask performance, Parking.Decision decision) implements LoopEvent {}

  /** What a handler has for the user. */
  record Says(HandlerTask performance, Note note) implements LoopEvent {}

  /** The notice that a handler waits for a person, or no longer does. */
  record WaitsForPerson() implements LoopEvent {}

  /** A request to end the run for good. */
  record Stop(String reason) implements LoopEvent {}

  /** A request to leave the run as it is, to be resumed. */
  record Suspend() implements LoopEvent {}

  /** A request of the person at the prompt to end what is under way and to go on with the run. */
  record Interrupt() implements LoopEvent {}

  /** An error that is no reply to an effect: the loop throws it. */
  record Breaks(RuntimeException error) implements LoopEvent {

    /**
     * Returns the event for an error of the disk. That a disk is full, read-only or broken is no
     * reply to an effect (F10): the run stops, what goes on without the host goes on, and a later
     * process takes it up.
     */
    static Breaks of(UncheckedIOException e) {
      return new Breaks(
          new UncheckedIOException(
              e.getMessage() + "; the run stops here and can be resumed",
              Objects.requireNonNull(e.getCause())));
    }
  }
}
