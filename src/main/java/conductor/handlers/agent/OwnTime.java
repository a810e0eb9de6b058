package conductor.handlers.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock for the limits of a turn: the wall clock without the time that the machine slept and
 * without adjustments of the clock. Where the wall clock and the machine's monotonic clock differ
 * between two calls by more than five seconds, the difference is left out. Belongs to one thread.
 */
final class OwnTime implements InstantSource {

  /** The difference between the two clocks that counts as normal. */
  private static final Duration NOISE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private Instant lastWall;
  private long lastNanos;
  private Duration skipped = Duration.ZERO;

  OwnTime(InstantSource clock) {
    this(clock, System::nanoTime);
  }

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
