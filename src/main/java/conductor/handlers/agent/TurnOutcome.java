package conductor.handlers.agent;

import conductor.handlers.agent.TurnEnd.How;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The outcome of one attempt at a turn. */
sealed interface TurnOutcome {

  default Duration took() {
    return Duration.ZERO;
  }

  /** The program reported the end of the turn. */
  record Ended(Event.Ended event, Instant at, Duration took, Optional<String> place)
      implements TurnOutcome {}

  /** The turn exceeded a time limit and was ended. */
  record Late(How how, String about, Duration limit) implements TurnOutcome {}

  /** The message came too late to be added to the running turn. */
  record Missed() implements TurnOutcome {}

  /** The program could not open its session. */
  record Unopened(FailureKind trouble, String message) implements TurnOutcome {}

  /**
   * The process is gone.
   *
   * @param began whether the prompt had been sent to it
   */
  record Gone(String about, boolean began) implements TurnOutcome {}

  /** The program printed a line that cannot be read, and was ended. */
  record Unread(String about) implements TurnOutcome {}
}
