package conductor.handlers.agent;

import conductor.handlers.agent.TurnEnd.How;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of a turn. */
sealed interface TurnOutcome {

  /** Returns how long it took. */
  default Duration took() {
    return Duration.ZERO;
  }

  /** It is over. */
  record Ended(Event.Ended event, Instant at, Duration took, Optional<String> place)
      implements TurnOutcome {}

  /** It took too long, and was ended. */
  record Late(How how, String about, Duration limit) implements TurnOutcome {}

  /** Its message came too late for the turn that it was to steer. */
  record Missed() implements TurnOutcome {}

  /** The program cannot begin. */
  record Unopened(Trouble trouble, String message) implements TurnOutcome {}

  /**
   * The process is gone.
   *
   * @param began whether it had come so far that it could be asked for something
   */
  record Gone(String about, boolean began) implements TurnOutcome {}

  /** What it printed cannot be read, and it was ended. */
  record Unread(String about) implements TurnOutcome {}
}
