package conductor.handlers.agent.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The end of a turn, as the program reports it. */
public sealed interface End {

  /**
   * The agent answered.
   *
   * @param text the agent's last message
   * @param structured the answer as JSON text that fits the schema, if the program gives one; null
   *     otherwise
   * @param denied what was denied during the turn, one line each
   */
  record Answered(String text, @Nullable String structured, java.util.List<String> denied)
      implements End {
    public Answered {
      denied = java.util.List.copyOf(denied);
    }
  }

  /** The turn was cancelled. */
  record Cancelled() implements End {}

  /**
   * The turn failed.
   *
   * @param message the program's message
   * @param resetAt when a rate limit is reset; null when that is not known
   */
  record Failed(FailureKind trouble, String message, @Nullable Instant resetAt) implements End {}
}
