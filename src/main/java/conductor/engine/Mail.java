package conductor.engine;

import conductor.effect.Effect;
import conductor.effect.OnFailure;
import conductor.effect.Site;
import conductor.handler.Act;
import conductor.handler.Parking;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the threads of a run tell its loop. */
sealed interface Mail {

  /** A branch asks for an effect and waits. */
  record Asks(Branch branch, Request request) implements Mail {}

  /** A branch's body returned, or threw. */
  record Ends(Branch branch, @Nullable Object value, @Nullable Throwable thrown) implements Mail {}

  /** A handler is done with an effect. */
  record Performed(Performance performance, Outcome outcome, Instant happened) implements Mail {}

  /** An adopted effect goes on. */
  record Ongoing(Performance performance) implements Mail {}

  /**
   * A handler is about to take a step.
   *
   * @param epoch of the effect's intent: steps of before are not open any more
   */
  record StepBegins(
      Performance performance,
      int epoch,
      String name,
      Act<?> act,
      CompletableFuture<Performance.Step> answer)
      implements Mail {}

  /** A handler took a step. */
  record StepEnds(
      Performance performance,
      Position position,
      Outcome outcome,
      CompletableFuture<Boolean> written)
      implements Mail {}

  /** People have decided what becomes of a failure. */
  record Decided(Performance performance, Parking.Decision decision) implements Mail {}

  /** A handler has a line for the user. */
  record Says(Performance performance, String line) implements Mail {}

  /** A handler waits for a person, or no longer does. */
  record WaitsForPerson(Performance performance, String question) implements Mail {}

  /** Somebody stops the run. */
  record Stop(String reason) implements Mail {}

  /** The process leaves the run. */
  record Suspend() implements Mail {}

  /** The person at the prompt wants what is under way to end, and the run to go on. */
  record Interrupt() implements Mail {}

  /** Something broke that no handler or script is to be blamed for. */
  record Breaks(RuntimeException error) implements Mail {}

  /**
   * An effect as a branch asks for it: encoded and hashed on the branch's own thread.
   *
   * @param onFailure what the script says of its failure; null when it says nothing
   */
  record Request(
      Effect<?> effect,
      Site site,
      JsonNode arguments,
      String hash,
      @Nullable OnFailure onFailure) {}
}
