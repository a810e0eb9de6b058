package conductor.effect;

import java.time.Duration;
import java.util.Locale;

/** Writes durations as people do in scripts and configurations. {@link Coercion} reads them. */
public final class Durations {

  private Durations() {}

  /** Returns a duration's text, such as {@code 45s} or {@code 1h30m}. */
  public static String brief(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
