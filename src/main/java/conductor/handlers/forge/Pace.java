package conductor.handlers.forge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The pauses between polls: short at first, then doubled each time up to the longest. */
public record Pace(Duration first, Duration longest) {

  /** Returns a pace that is slow enough for forges with rate limits. */
  public static Pace usual() {
    return new Pace(Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  /** A poll. */
  @FunctionalInterface
  public interface Look<T> {
    Optional<T> look() throws InterruptedException;
  }

  /** Polls until there is a result; returns none when there was none at the deadline. */
  public <T> Optional<T> await(Instant deadline, InstantSource clock, Look<T> look)
      throws InterruptedException {
    Duration pause = first;
    while (true) {
      Optional<T> found = look.look();
      Duration left = Duration.between(clock.instant(), deadline);
      if (found.isPresent() || !left.isPositive()) {
        return found;
      }
      Thread.sleep(pause.compareTo(left) < 0 ? pause : left);
      pause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
    }
  }
}
