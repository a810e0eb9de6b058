package conductor.run.record;

import java.time.Duration;

/** Writes how long things took and what they cost, as all views of runs have it. */
public final class Amounts {

  private Amounts() {}

  /**
   * Returns a duration such as {@code 0.3s}, {@code 2m05s} or {@code 1h30m}; a negative one, from a
   * clock that was set back, counts as 0.
   */
  public static String took(Duration time) {
    if (time.isNegative()) {
      return took(Duration.ZERO);
    }
    if (time.toMinutes() >= 60) {
      return time.toHours() + "h" + twoDigits(time.toMinutesPart()) + "m";
    }
    if (time.toSeconds() >= 60) {
      return time.toMinutes() + "m" + twoDigits(time.toSecondsPart()) + "s";
    }
    long tenths = (time.toMillis() + 50) / 100;
    return tenths / 10 + "." + tenths % 10 + "s";
  }

  /** Returns a cost in dollars and cents; Java's own formatter takes long at its first use. */
  public static String dollars(double cost) {
    long cents = Math.round(cost * 100);
    return "$" + cents / 100 + "." + twoDigits((int) (cents % 100));
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : "" + number;
  }

  /** Returns a size in bytes for people. */
  public static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes + 1023) / 1024 + " KiB" : (bytes >> 20) + " MiB";
  }
}
