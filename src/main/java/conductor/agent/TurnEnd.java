package conductor.agent;

import conductor.protocol.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ended, as its file {@code end.json} keeps it: once it is there the turn is over, and
 * no process works on it again.
 *
 * @param text the answer; what is known of a failure
 * @param structured the answer as JSON text, where the program hands that over by itself
 * @param exitCode of a program that ended badly
 * @param seconds a limit that was reached
 * @param resetAt when a vendor takes work again
 * @param at when it ended
 * @param took how long it worked, in seconds
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
    Usage usage) {

  static final int FORMAT = 1;

  /** The kinds of ends. */
  enum How {
    ANSWERED,
    /** The program ended with another exit code than 0. */
    EXITED,
    /** It took too long. */
    TIMEOUT,
    /** It was silent for too long. */
    IDLE_TIMEOUT,
    /** It was not permitted what it needed. */
    DENIED,
    /** It cannot be used: not installed, not logged in. */
    UNAVAILABLE,
    RATE_LIMITED,
    /** The program says that it failed. */
    FAILED,
    /** Its process is gone, and came back in vain. */
    LOST,
    /** Somebody stopped it. */
    ABORTED
  }

  static TurnEnd of(How how, String text, Instant at) {
    return new TurnEnd(FORMAT, how, text, null, null, null, null, at, 0, Usage.NONE);
  }

  TurnEnd withText(String text) {
    return new TurnEnd(v, how, text, structured, exitCode, seconds, resetAt, at, took, usage);
  }

  TurnEnd withStructured(@Nullable String structured) {
    return new TurnEnd(v, how, text, structured, exitCode, seconds, resetAt, at, took, usage);
  }

  TurnEnd withExitCode(int exitCode) {
    return new TurnEnd(v, how, text, structured, exitCode, seconds, resetAt, at, took, usage);
  }

  TurnEnd withLimit(java.time.Duration limit) {
    double inSeconds = limit.toMillis() / 1000.0;
    return new TurnEnd(v, how, text, structured, exitCode, inSeconds, resetAt, at, took, usage);
  }

  TurnEnd withReset(@Nullable Instant resetAt) {
    return new TurnEnd(v, how, text, structured, exitCode, seconds, resetAt, at, took, usage);
  }

  TurnEnd withCosts(double took, Usage usage) {
    return new TurnEnd(v, how, text, structured, exitCode, seconds, resetAt, at, took, usage);
  }

  boolean answered() {
    return how == How.ANSWERED;
  }
}
