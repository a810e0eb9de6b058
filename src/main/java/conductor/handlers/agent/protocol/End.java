package conductor.handlers.agent.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a turn ends. */
public sealed interface End {

  /**
   * The agent has answered.
   *
   * @param text the last thing it said
   * @param structured the answer in the form that was asked for, as JSON text, where the program
   *     hands that over by itself
   * @param denied what it was not permitted on the way, a line each
   */
  record Answered(String text, @Nullable String structured, java.util.List<String> denied)
      implements End {
    public Answered {
      denied = java.util.List.copyOf(denied);
    }
  }

  /** It was cancelled. */
  record Cancelled() implements End {}

  /**
   * It failed.
   *
   * @param message what the program says of it
   * @param resetAt when a limit ends, where it is said
   */
  record Failed(Trouble trouble, String message, @Nullable Instant resetAt) implements End {}
}
