package conductor.handlers.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * For how long an agent has neither said anything nor changed a file of its worktree. Belongs to
 * one thread.
 */
final class Silence {

  private final OwnTime time;
  private final InstantSource clock;
  private final WorktreeActivity activity;
  private Instant since;
  private Instant files;

  /** A silence that begins now. */
  Silence(OwnTime time, InstantSource clock, WorktreeActivity activity) {
    this.time = time;
    this.clock = clock;
    this.activity = activity;
    this.since = time.instant();
    this.files = clock.instant();
  }

  /** The agent said something, or was spoken to. */
  void broken() {
    since = time.instant();
    files = clock.instant();
  }

  /** It began at a moment that has passed. */
  void lastsSince(Instant moment) {
    Instant now = clock.instant();
    if (moment.isBefore(now)) {
      since = time.instant().minus(Duration.between(moment, now));
      files = moment;
    }
  }

  /** Returns what is left of the longest that it may last; not positive when it is over. */
  Duration left(Duration most) {
    return Duration.between(time.instant(), since.plus(most));
  }

  /** Returns whether it is over and was not broken by changes of files. */
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
