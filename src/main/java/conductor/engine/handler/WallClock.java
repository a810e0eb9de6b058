package conductor.engine.handler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Waits for moments as the wall clock tells them. A thread's own wait goes by another clock, which
 * stands while the machine sleeps and knows nothing of a clock that is set: so the wall clock is
 * looked at again every few seconds.
 */
public final class WallClock {

  private static final Duration LOOK = Duration.ofSeconds(5);

  private WallClock() {}

  /** Returns when a moment has come. */
  public static void sleepUntil(Instant moment, InstantSource clock) throws InterruptedException {
    for (Duration wait = wait(moment, clock); wait.isPositive(); wait = wait(moment, clock)) {
      Thread.sleep(wait);
    }
  }

  /**
   * Returns how long to wait before the clock is looked at again; not positive when a moment has
   * come.
   */
  public static Duration wait(Instant moment, InstantSource clock) {
    Instant now = clock.instant();
    return now.isBefore(moment.minus(LOOK)) ? LOOK : Duration.between(now, moment);
  }
}
