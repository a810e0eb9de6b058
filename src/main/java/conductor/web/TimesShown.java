package conductor.web;

import conductor.report.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What part of the axis of time a page shows, and which others can be asked for.
 *
 * @param run its id
 * @param from the first second; of all of the axis that of its beginning
 * @param to the last second, or now
 * @param range what was asked for
 * @param why what was asked for is no range; empty when it is one
 * @param links to other parts
 */
record TimesShown(
    String run,
    LocalDateTime from,
    LocalDateTime to,
    TimeRange range,
    String why,
    List<Link> links) {

  /** A part is no shorter. */
  private static final Duration LEAST = Duration.ofSeconds(2);

  /** Returns what is asked for by the fields {@code from} and {@code to}, in the host's zone. */
  static TimesShown of(PageRequest asked, String run, Instant begin, Instant now, ZoneId zone) {
    String why = "";
    TimeRange range = TimeRange.ALL;
    try {
      range = new TimeRange(time(asked, "from", zone), time(asked, "to", zone));
    } catch (DateTimeException e) {
      why = "A time is written as 2026-01-31T14:05:00.";
    }
    Instant first = range.from() == null ? begin.truncatedTo(ChronoUnit.SECONDS) : range.from();
    Instant last = range.to() == null ? now.truncatedTo(ChronoUnit.SECONDS) : range.to();
    if (!range.equals(TimeRange.ALL) && !first.isBefore(last)) {
      why = "The end is to be after the beginning.";
      range = TimeRange.ALL;
    }
    if (!why.isEmpty()) {
      first = begin.truncatedTo(ChronoUnit.SECONDS);
      last = now.truncatedTo(ChronoUnit.SECONDS);
    }
    return new TimesShown(
        run,
        LocalDateTime.ofInstant(first, zone),
        LocalDateTime.ofInstant(last, zone),
        range,
        why,
        links(run, first, last, range, zone));
  }

  private static @Nullable Instant time(PageRequest asked, String field, ZoneId zone) {
    String text = asked.field(field);
    return text.isEmpty() ? null : LocalDateTime.parse(text).atZone(zone).toInstant();
  }

  /** Returns whether it is not all of the axis. */
  boolean narrowed() {
    return range.from() != null || range.to() != null;
  }

  private static List<Link> links(
      String run, Instant first, Instant last, TimeRange range, ZoneId zone) {
    Duration half = Duration.between(first, last).dividedBy(2).truncatedTo(ChronoUnit.SECONDS);
    var links = new ArrayList<Link>();
    if (half.compareTo(LEAST) >= 0) {
      links.add(link("First half", run, first, first.plus(half), zone));
      links.add(link("Second half", run, first.plus(half), last, zone));
    }
    if (range.from() != null || range.to() != null) {
      links.add(link("Before", run, first.minus(half), last.minus(half), zone));
      links.add(link("After", run, first.plus(half), last.plus(half), zone));
      links.add(link("Wider", run, first.minus(half), last.plus(half), zone));
      links.add(new Link("/runs/" + run, "All", "times"));
    }
    return links;
  }

  private static Link link(String text, String run, Instant from, Instant to, ZoneId zone) {
    String href =
        "/runs/%s?from=%s&to=%s"
            .formatted(run, LocalDateTime.ofInstant(from, zone), LocalDateTime.ofInstant(to, zone));
    return new Link(href, text, "times");
  }
}
