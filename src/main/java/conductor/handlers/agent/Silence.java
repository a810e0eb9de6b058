package conductor.handlers.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Measures how long an agent has neither printed anything nor changed a file of its worktree.
 * Belongs to one thread.
 */
final class Silence {

  private final OwnTime time;
  private final InstantSource clock;
  private final WorktreeActivity activity;
  private Instant since;
  private Instant files;

  Silence(OwnTime time, InstantSource clock, WorktreeActivity activity) {
    this.time = time;
    this.clock = clock;
    this.activity = activity;
    this.since = time.instant();
    this.files = clock.instant();
  }

  /** Begins the silence again, because the agent printed something or got a message. */
  void broken() {
    since = time.instant();
    files = clock.instant();
  }

  void lastsSince(Instant moment) {
    Instant now = clock.instant();
    if (moment.isBefore(now)) {
      since = time.instant().minus(Duration.between(moment, now));
      files = moment;
    }
  }

  /** Returns the time left until the silence is too long; zero or negative when it is. */
  Duration left(Duration most) {
    return Duration.between(time.instant(), since.plus(most));
  }

  /** Returns whether the silence is longer than permitted and no file was changed meanwhile. */
  boolean isOver(Duration most) {
    if (left(most).isPositive()) {
      return false;
    }
    if (activity.changedSince(files, clock.instant())) {
      broken();
      return false;
    }
    return true;
  }
}
