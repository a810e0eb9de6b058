package conductor.engine;

import conductor.engine.handler.Act;
import conductor.engine.handler.Parking;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the threads of a run tell its loop. */
sealed interface LoopEvent {

  /** A branch asks for an effect and waits. */
  record Asks(Branch branch, Request request) implements LoopEvent {}

  /** A branch's body returned, or threw. */
  record Ends(Branch branch, @Nullable Object value, @Nullable Throwable thrown)
      implements LoopEvent {}

  /** A handler is done with an effect. */
  record Performed(HandlerTask performance, Outcome outcome, Instant happened)
      implements LoopEvent {}

  /** An adopted effect goes on. */
  record Ongoing(HandlerTask performance) implements LoopEvent {}

  /**
   * A handler is about to take a step.
   *
   * @param epoch of the effect's intent: steps of before are not open any more
   */
  record StepBegins(
      HandlerTask performance,
      int epoch,
      String name,
      Act<?> act,
      CompletableFuture<HandlerTask.Step> answer)
      implements LoopEvent {}

  /** A handler took a step. */
  record StepEnds(
      HandlerTask performance,
      Position position,
      Outcome outcome,
      CompletableFuture<Boolean> written)
      implements LoopEvent {}

  /** People have decided what becomes of a failure. */
  record Decided(HandlerTask performance, Parking.Decision decision) implements LoopEvent {}

  /** A handler has a line for the user. */
  record Says(HandlerTask performance, String line) implements LoopEvent {}

  /** A handler waits for a person, or no longer does. */
  record WaitsForPerson(HandlerTask performance, String question) implements LoopEvent {}

  /** Somebody stops the run. */
  record Stop(String reason) implements LoopEvent {}

  /** The process leaves the run. */
  record Suspend() implements LoopEvent {}

  /** The person at the prompt wants what is under way to end, and the run to go on. */
  record Interrupt() implements LoopEvent {}

  /** Something broke that no handler or script is to be blamed for. */
  record Breaks(RuntimeException error) implements LoopEvent {

    /**
     * What a disk that is full, read-only or broken says is no reply to an effect (F10): the run
     * stops, what goes on without the host goes on, and a later process takes it up.
     */
    static Breaks of(UncheckedIOException e) {
      return new Breaks(
          new UncheckedIOException(
              e.getMessage() + "; the run stops here and can be resumed",
              Objects.requireNonNull(e.getCause())));
    }
  }
}
