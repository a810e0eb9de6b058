package conductor.effect;

import java.time.Duration;
import java.util.Locale;

/** Writes durations as people do in scripts and configurations. {@link Coercion} reads them. */
public final class Durations {

  private Durations() {}

  /** Returns a duration's text, such as {@code 45s}, {@code 1h30m} or {@code 7d}. */
  public static String brief(Duration time) {
    long days = time.toDays();
    if (days <= 0) {
      return hours(time);
    }
    Duration rest = time.minusDays(days);
    return days + "d" + (rest.isZero() ? "" : hours(rest));
  }

  private static String hours(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
