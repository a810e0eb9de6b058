package conductor.effect;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The failures of effects on agents; {@code agent} is the agent's name in the run. */
public abstract sealed class AgentFailure extends Failure {

  private AgentFailure(String message) {
    super(message);
  }

  /** The failure of an agent program that ended badly. */
  public static final class AgentFailed extends AgentFailure {
    public final String agent;

    /** The program's exit code; 128 plus the signal's number when a signal ended it. */
    public final int exitCode;

    /** The end of what the program printed on standard error, else on standard output. */
    public final String output;

    public final Path logPath;

    public AgentFailed(String agent, int exitCode, String output, Path logPath) {
      super(
          "the agent %s ended with exit code %d; see %s%s"
              .formatted(agent, exitCode, logPath, output.isBlank() ? "" : ":\n" + output.strip()));
      this.agent = agent;
      this.exitCode = exitCode;
      this.output = output;
      this.logPath = logPath;
    }
  }

  /** The failure of an agent that took too long, or was silent for too long, and was ended. */
  public static final class AgentTimeout extends AgentFailure {
    public final String agent;

    /** {@code timeout} or {@code idle_timeout}. */
    public final String kind;

    public final Duration limit;
    public final Path logPath;

    public AgentTimeout(String agent, String kind, Duration limit, Path logPath) {
      super(
          "the agent %s was ended: %s of %s is over; give a longer %s, or see %s"
              .formatted(agent, kind, Durations.brief(limit), kind, logPath));
      this.agent = agent;
      this.kind = kind;
      this.limit = limit;
      this.logPath = logPath;
    }
  }

  /** The failure of an agent that was not permitted what it needed. */
  public static final class AgentDenied extends AgentFailure {
    public final String agent;

    /** The operation that was not permitted. */
    public final String reason;

    public AgentDenied(String agent, String reason) {
      super("the agent %s was denied: %s".formatted(agent, reason));
      this.agent = agent;
      this.reason = reason;
    }
  }

  /** The failure of an agent that cannot be started: unknown, not installed, not logged in. */
  public static final class AgentUnavailable extends AgentFailure {
    public final String type;

    /** The reason, and what to do. */
    public final String reason;

    public AgentUnavailable(String type, String reason) {
      super("the agent type '%s' is not available: %s".formatted(type, reason));
      this.type = type;
      this.reason = reason;
    }
  }

  /** The failure of an agent that reached an end that was not waited for, or was stopped. */
  public static final class AgentEnded extends AgentFailure {
    public final String agent;
    public final String status;

    /** More about that status; may be empty. */
    public final String reason;

    public AgentEnded(String agent, String status, String reason) {
      super("the agent %s is %s%s".formatted(agent, status, reason.isEmpty() ? "" : ": " + reason));
      this.agent = agent;
      this.status = status;
      this.reason = reason;
    }
  }

  /**
   * The failure of an agent that did not answer in its output format, however often it was asked.
   */
  public static final class InvalidOutput extends AgentFailure {
    public final String agent;
    public final int attempts;
    public final String problem;

    /** The last answer. */
    public final String output;

    public InvalidOutput(String agent, int attempts, String problem, String output) {
      super(
          "the agent %s did not answer in the output format, asked %d times: %s"
              .formatted(agent, attempts, problem));
      this.agent = agent;
      this.attempts = attempts;
      this.problem = problem;
      this.output = output;
    }
  }

  /** The failure of a turn that was not begun, because too little of a budget is left for it. */
  public static final class BudgetExceeded extends AgentFailure {

    /** The name of the limit: {@code max_cost_usd} or {@code max_tokens}. */
    public final String limit;

    /** The value of the limit. */
    public final double most;

    public final double spent;

    public BudgetExceeded(String limit, double most, double spent) {
      super("the budget is used up: %s is %s, and %s are spent".formatted(limit, most, spent));
      this.limit = limit;
      this.most = most;
      this.spent = spent;
    }
  }

  /** The failure of an agent whose vendor refuses more work for now. */
  public static final class RateLimited extends AgentFailure {
    public final String agent;

    /** The time from which the vendor takes work again; null when it does not say. */
    public final @Nullable Instant resetAt;

    public RateLimited(String agent, @Nullable Instant resetAt) {
      super(
          "the agent %s is rate limited%s"
              .formatted(agent, resetAt == null ? "" : " until " + resetAt));
      this.agent = agent;
      this.resetAt = resetAt;
    }
  }

  /**
   * The failure of a forked run that speaks to an agent whose conversation stayed with the run that
   * was forked.
   */
  public static final class SessionNotForkable extends AgentFailure {
    public final String agent;

    /** The id of the run that needs the copy. */
    public final String run;

    public SessionNotForkable(String agent, String run) {
      super(
          "the conversation of the agent %s cannot be copied for %s: its program keeps none, none of its turns has ended, or it went on since and can only be copied as it is now; start a new agent, or fork the run before this one was started"
              .formatted(agent, run));
      this.agent = agent;
      this.run = run;
    }
  }

  /**
   * The failure of an agent that would work in a worktree in which another one of the run works.
   */
  public static final class WorktreeInUse extends AgentFailure {
    public final String agent;

    /** The name of the agent that works there. */
    public final String other;

    public final Path worktree;

    public WorktreeInUse(String agent, String other, Path worktree) {
      super(
          "the agent %s was not let into %s, where the agent %s works; give each a worktree of its own, wait until %s is done, or give both shared: true"
              .formatted(agent, worktree, other, other));
      this.agent = agent;
      this.other = other;
      this.worktree = worktree;
    }
  }

  /** The failure of an agent that did not reach a status in time. */
  public static final class StatusTimeout extends AgentFailure {
    public final String agent;
    public final String status;
    public final Duration limit;

    public StatusTimeout(String agent, String status, Duration limit) {
      super("the agent %s is still %s after %s".formatted(agent, status, Durations.brief(limit)));
      this.agent = agent;
      this.status = status;
      this.limit = limit;
    }
  }
}
