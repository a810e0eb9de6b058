package conductor.engine.handler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Waits for points in time of the wall clock. A thread's own wait goes by another clock, which
 * stands still while the machine sleeps and does not notice when the wall clock is set: so the wall
 * clock is read again every few seconds.
 */
public final class WallClock {

  private static final Duration LOOK = Duration.ofSeconds(5);

  private WallClock() {}

  public static void sleepUntil(Instant moment, InstantSource clock) throws InterruptedException {
    for (Duration wait = wait(moment, clock); wait.isPositive(); wait = wait(moment, clock)) {
      Thread.sleep(wait);
    }
  }

  /** Returns how long to wait before the next look; not positive when the moment has come. */
  public static Duration wait(Instant moment, InstantSource clock) {
    Instant now = clock.instant();
    return now.isBefore(moment.minus(LOOK)) ? LOOK : Duration.between(now, moment);
  }
}
