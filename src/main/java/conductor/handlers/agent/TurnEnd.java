package conductor.handlers.agent;

import conductor.effect.AgentStatus;
import conductor.handlers.agent.protocol.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The end of a turn, as its file {@code end.json} keeps it. Once the file exists the turn is over
 * and is never run again.
 *
 * @param text the answer, or the message of a failure
 * @param structured the answer as JSON text, if the program gives one; null otherwise
 * @param exitCode the exit code of a program that failed; null otherwise
 * @param seconds the time limit that was exceeded, in seconds; null otherwise
 * @param resetAt when a rate limit is reset; null otherwise
 * @param at when the turn ended
 * @param took how long the turn took, in seconds
 * @param place the program's name for the place in its session; null if it has none
 */
record TurnEnd(
    int v,
    How how,
    String text,
    @Nullable String structured,
    @Nullable Integer exitCode,
    @Nullable Double seconds,
    @Nullable Instant resetAt,
    Instant at,
    double took,
    Usage usage,
    @Nullable String place) {

  static final int FORMAT = 1;

  /** The ways in which a turn can end. */
  enum How {
    ANSWERED,
    /** The program ended with an exit code other than 0. */
    EXITED,
    TIMEOUT,
    /** The agent was silent for too long. */
    IDLE_TIMEOUT,
    /** The agent was denied a permission that it needed. */
    DENIED,
    /** The program cannot be used: it is not installed, too old, or not logged in. */
    UNAVAILABLE,
    /** The vendor limits the rate of requests. */
    RATE_LIMITED,
    /** A file of the agent's command is not as it was when it was trusted; the text is its path. */
    NOT_TRUSTED,
    /** The program reported a failure. */
    FAILED,
    /** The turn would continue another run's session, which the program cannot copy. */
    NOT_FORKABLE,
    /** The process was lost repeatedly. */
    LOST,
    /** The turn was stopped or cancelled. */
    ABORTED
  }

  static TurnEnd of(How how, String text, Instant at) {
    return new TurnEnd(FORMAT, how, text, null, null, null, null, at, 0, Usage.NONE, null);
  }

  /** Returns this end with its answer in text and structure changed. */
  TurnEnd redacted(UnaryOperator<String> redact) {
    String answer = structured == null ? null : redact.apply(structured);
    return new TurnEnd(
        v, how, redact.apply(text), answer, exitCode, seconds, resetAt, at, took, usage, place);
  }

  /** Returns this end with what the program reports beside the text. */
  TurnEnd reported(@Nullable String structured, @Nullable Instant resetAt, @Nullable String place) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  TurnEnd withExitCode(int exitCode) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  TurnEnd withLimit(Duration limit) {
    double inSeconds = limit.toMillis() / 1000.0;
    return new TurnEnd(
        v, how, text, structured, exitCode, inSeconds, resetAt, at, took, usage, place);
  }

  TurnEnd withCosts(double took, Usage usage) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  /** Returns what the turn makes of its agent. */
  AgentStatus status() {
    return switch (how) {
      case ANSWERED -> AgentStatus.DONE;
      case ABORTED -> AgentStatus.ABORTED;
      case EXITED,
          TIMEOUT,
          IDLE_TIMEOUT,
          DENIED,
          UNAVAILABLE,
          RATE_LIMITED,
          NOT_TRUSTED,
          FAILED,
          NOT_FORKABLE,
          LOST ->
          AgentStatus.ERROR;
    };
  }

  /** Returns the time limit that was exceeded; zero when none was. */
  Duration limit() {
    return seconds == null ? Duration.ZERO : Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** Returns the answer: its JSON text where the program gives one, or else its text. */
  String answer() {
    return Objects.requireNonNullElse(structured, text);
  }

  boolean answered() {
    return how == How.ANSWERED;
  }
}
