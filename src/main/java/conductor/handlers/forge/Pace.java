package conductor.handlers.forge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How often something that is waited for is looked at: soon at first, then ever more seldom.
 *
 * @param first the first pause
 * @param longest no pause is longer
 */
public record Pace(Duration first, Duration longest) {

  /** Returns what a forge that limits how often it is asked will bear. */
  public static Pace usual() {
    return new Pace(Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  /** Looks at something. */
  @FunctionalInterface
  public interface Look<T> {
    Optional<T> look() throws InterruptedException;
  }

  /**
   * Looks until something is there.
   *
   * @return empty when it was not there at the deadline
   */
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
