package conductor.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places times on an axis of 0 to 100 percent, on which long stretches without work are drawn
 * short, so that a run that waited a night for an answer still shows what took minutes. Immutable.
 */
final class TimeScale {

  /** A stretch of work or of idleness. */
  record Span(Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  /** An idle stretch is folded from this part of the whole on. */
  private static final double IDLE = 0.1;

  /** The part of the axis that a folded stretch takes. */
  private static final double FOLDED = 0.04;

  private final Instant begin;
  private final Instant end;
  private final List<Span> gaps;
  private final double work;

  private TimeScale(Instant begin, Instant end, List<Span> gaps) {
    this.begin = begin;
    this.end = end;
    this.gaps = List.copyOf(gaps);
    long idle = gaps.stream().mapToLong(gap -> gap.length().toMillis()).sum();
    this.work = Math.max(1, Duration.between(begin, end).toMillis() - idle);
  }

  /** Creates the scale of stretches of work, which may overlap; at least one. */
  static TimeScale of(List<Span> spans) {
    List<Span> sorted = spans.stream().sorted(Comparator.comparing(Span::from)).toList();
    Instant begin = sorted.getFirst().from();
    Instant end = sorted.stream().map(Span::to).max(Comparator.naturalOrder()).orElseThrow();
    double whole = Math.max(1, Duration.between(begin, end).toMillis());
    var gaps = new ArrayList<Span>();
    Instant busy = begin;
    for (Span span : sorted) {
      var idle = new Span(busy, span.from());
      if (idle.length().toMillis() > whole * IDLE) {
        gaps.add(idle);
      }
      busy = span.to().isAfter(busy) ? span.to() : busy;
    }
    return new TimeScale(begin, end, gaps);
  }

  Instant begin() {
    return begin;
  }

  Instant end() {
    return end;
  }

  /** Returns the stretches that are drawn shorter than they were. */
  List<Span> gaps() {
    return gaps;
  }

  /** Returns the place of a time, in percent. */
  double place(Instant time) {
    double worked = Duration.between(begin, time).toMillis();
    double folded = 0;
    for (Span gap : gaps) {
      if (!time.isBefore(gap.to())) {
        worked -= gap.length().toMillis();
        folded += FOLDED;
      } else if (time.isAfter(gap.from())) {
        double into = Duration.between(gap.from(), time).toMillis();
        worked -= into;
        folded += FOLDED * into / gap.length().toMillis();
      }
    }
    double part = worked / work * (1 - FOLDED * gaps.size()) + folded;
    return 100 * Math.clamp(part, 0, 1);
  }
}
