package conductor.effect;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them in scripts and configurations. */
public final class Durations {

  private Durations() {}

  /** Returns a duration such as {@code 90s} or {@code 1h30m}. */
  public static String brief(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
