package conductor.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of the axis of time.
 *
 * @param from null for its beginning
 * @param to after {@code from}; null for its end, which may be now
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

  /** All of the axis. */
  public static final TimeRange ALL = new TimeRange(null, null);

  /** Returns whether a stretch has a moment within. */
  boolean has(Instant begin, Instant end) {
    return (from == null || !end.isBefore(from)) && (to == null || !begin.isAfter(to));
  }

  /** Returns the moment within that is next to a time. */
  Instant clamp(Instant time) {
    if (from != null && time.isBefore(from)) {
      return from;
    }
    return to != null && time.isAfter(to) ? to : time;
  }
}
