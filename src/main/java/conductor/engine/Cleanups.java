package conductor.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long cancelled branches may still clean up. Belongs to the loop's thread. */
final class Cleanups {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final InstantSource clock;
  private final Map<Branch, Instant> deadlines = new HashMap<>();

  Cleanups(InstantSource clock) {
    this.clock = clock;
  }

  /** A branch was cancelled: its time runs. */
  void start(Branch branch) {
    deadlines.putIfAbsent(branch, clock.instant().plus(LIMIT));
  }

  /** Returns how long nothing will be due, at most the given time. */
  Duration quiet(Duration most) {
    deadlines.keySet().removeIf(Branch::over);
    return deadlines.values().stream()
        .min(Instant::compareTo)
        .map(deadline -> Duration.between(clock.instant(), deadline).plusMillis(1))
        .filter(left -> left.compareTo(most) < 0)
        .map(left -> left.isPositive() ? left : Duration.ofMillis(1))
        .orElse(most);
  }

  /** Returns the branches whose time is over, each once. */
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
