package conductor.effect;

import org.jspecify.annotations.Nullable;

/**
 * What happened next in a conversation with an agent.
 *
 * @param text what it said, lines of its output; its question; its answer or what went wrong; empty
 *     when the time was over
 * @param turn the number of the turn that ended, else of the last one, counted from 1
 * @param gate the name by which a question is answered; null for other events
 * @param status how a turn ended, else how the agent is
 * @param position the place in the conversation behind the event, to wait for the next one
 */
public record AgentEvent(
    Kind kind, String text, int turn, @Nullable String gate, AgentStatus status, String position) {

  /** What can happen. */
  public enum Kind {
    /** It printed lines. */
    SAID,
    /** It asked people something. */
    ASKED,
    /** A turn ended, well or not. */
    ENDED,
    /** Nothing happened in time. */
    TIMEOUT
  }
}
