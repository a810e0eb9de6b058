package conductor.handlers.agent;

import conductor.handlers.agent.protocol.Usage;
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
 * @param place where in its session it ended, as its program names it; null where it does not
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
    /** A file that it is, or is called with, is not as it was trusted; the text is its path. */
    NOT_TRUSTED,
    /** The program says that it failed. */
    FAILED,
    /** It goes on from a session of another run, of which its program makes no copy. */
    NOT_FORKABLE,
    /** Its process is gone, and came back in vain. */
    LOST,
    /** Somebody stopped it. */
    ABORTED
  }

  static TurnEnd of(How how, String text, Instant at) {
    return new TurnEnd(FORMAT, how, text, null, null, null, null, at, 0, Usage.NONE, null);
  }

  TurnEnd withText(String text) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  TurnEnd withStructured(@Nullable String structured) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  TurnEnd withExitCode(int exitCode) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  TurnEnd withLimit(java.time.Duration limit) {
    double inSeconds = limit.toMillis() / 1000.0;
    return new TurnEnd(
        v, how, text, structured, exitCode, inSeconds, resetAt, at, took, usage, place);
  }

  TurnEnd withReset(@Nullable Instant resetAt) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  TurnEnd withCosts(double took, Usage usage) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  TurnEnd withPlace(@Nullable String place) {
    return new TurnEnd(
        v, how, text, structured, exitCode, seconds, resetAt, at, took, usage, place);
  }

  boolean answered() {
    return how == How.ANSWERED;
  }
}
