package conductor.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the deadlines until which cancelled branches may clean up. Belongs to the loop's thread.
 */
final class Cleanups {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final InstantSource clock;
  private final Map<Branch, Instant> deadlines = new HashMap<>();

  Cleanups(InstantSource clock) {
    this.clock = clock;
  }

  /** Starts the time of a branch that was cancelled, unless it runs already. */
  void start(Branch branch) {
    deadlines.putIfAbsent(branch, clock.instant().plus(LIMIT));
  }

  /** Returns how long no deadline will be due: positive, and at most the given time. */
  Duration quiet(Duration most) {
    deadlines.keySet().removeIf(Branch::over);
    return deadlines.values().stream()
        .min(Instant::compareTo)
        .map(deadline -> Duration.between(clock.instant(), deadline).plusMillis(1))
        .filter(left -> left.compareTo(most) < 0)
        .map(left -> left.isPositive() ? left : Duration.ofMillis(1))
        .orElse(most);
  }

  /** Returns the branches whose time is over; no branch is returned by two calls. */
  List<Branch> due() {
    Instant now = clock.instant();
    List<Branch> due =
        deadlines.entrySet().stream()
            .filter(entry -> entry.getValue().isBefore(now))
            .map(Map.Entry::getKey)
            .filter(branch -> !branch.over() && !branch.expired)
            .toList();
    due.forEach(branch -> deadlines.put(branch, Instant.MAX));
    return due;
  }
}
