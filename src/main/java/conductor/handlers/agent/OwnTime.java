package conductor.handlers.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time as the limits of a turn count it: the wall clock's, without what an agent could not use
 * because the machine slept, and without what the clock was set by. Where the wall clock and the
 * machine's own went different ways between two looks, the difference is taken out. Belongs to one
 * thread.
 */
final class OwnTime implements InstantSource {

  /** What two clocks may differ by that go right. */
  private static final Duration NOISE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private Instant lastWall;
  private long lastNanos;
  private Duration skipped = Duration.ZERO;

  OwnTime(InstantSource clock) {
    this(clock, System::nanoTime);
  }

  /**
   * Time by two clocks.
   *
   * @param nanos stands while the machine sleeps, and is never set
   */
  OwnTime(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.lastWall = clock.instant();
    this.lastNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    Instant wall = clock.instant();
    long now = nanos.getAsLong();
    Duration jump = Duration.between(lastWall, wall).minusNanos(now - lastNanos);
    if (jump.abs().compareTo(NOISE) > 0) {
      skipped = skipped.plus(jump);
    }
    lastWall = wall;
    lastNanos = now;
    return wall.minus(skipped);
  }
}
