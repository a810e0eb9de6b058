package conductor.handlers.agent;

import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.FileNotTrusted;
import java.nio.file.Path;
import java.util.Objects;

/** Converts the end of a turn to what a script gets: an answer, or a typed failure. */
final class Answers {

  private Answers() {}

  /**
   * Returns the answer of a turn: its JSON text where the program gives one, or else its text.
   *
   * @throws AgentFailure when the turn ended without an answer
   * @throws FileNotTrusted when a file that was not trusted prevented the turn
   */
  static String of(AgentRef agent, TurnEnd end, Path log) {
    String name = agent.name();
    return switch (end.how()) {
      case ANSWERED -> end.answer();
      case EXITED -> throw new AgentFailure.AgentFailed(name, code(end), end.text(), log);
      case TIMEOUT -> throw new AgentFailure.AgentTimeout(name, "timeout", end.limit(), log);
      case IDLE_TIMEOUT ->
          throw new AgentFailure.AgentTimeout(name, "idle_timeout", end.limit(), log);
      case DENIED -> throw new AgentFailure.AgentDenied(name, end.text());
      case UNAVAILABLE -> throw new AgentFailure.AgentUnavailable(agent.agentType(), end.text());
      case NOT_TRUSTED -> throw new FileNotTrusted(Path.of(end.text()));
      case RATE_LIMITED -> throw new AgentFailure.RateLimited(name, end.resetAt());
      case FAILED -> throw new AgentFailure.AgentFailed(name, code(end), end.text(), log);
      case NOT_FORKABLE -> throw new AgentFailure.SessionNotForkable(name, agent.workflowId());
      case LOST -> throw new AgentFailure.AgentEnded(name, "error", end.text());
      case ABORTED -> throw new AgentFailure.AgentEnded(name, "aborted", end.text());
    };
  }

  private static int code(TurnEnd end) {
    return Objects.requireNonNullElse(end.exitCode(), 1);
  }
}
