package conductor.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Reads times as {@link Instant#toString} writes them. The JDK's parser takes longer than reading
 * all else of a journal's line; it is left what looks otherwise.
 */
final class Timestamp {

  /** The form up to the second: digits where this has zeros, the same characters elsewhere. */
  private static final String FORM = "0000-00-00T00:00:00";

  private static final int NANO_DIGITS = 9;

  private Timestamp() {}

  /**
   * Returns the instant of a text.
   *
   * @throws java.time.DateTimeException when it is none
   */
  static Instant parse(String text) {
    int end = text.length() - 1;
    if (!isUsual(text, end)) {
      return Instant.parse(text);
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            nanos(text, FORM.length() + 1, end))
        .toInstant(ZoneOffset.UTC);
  }

  private static boolean isUsual(String text, int end) {
    int from = FORM.length();
    if (end < from || text.charAt(end) != 'Z') {
      return false;
    }
    for (int at = 0; at < from; at++) {
      char form = FORM.charAt(at);
      if (form == '0' ? !isDigit(text.charAt(at)) : form != text.charAt(at)) {
        return false;
      }
    }
    return end == from || isFraction(text, from, end);
  }

  private static boolean isFraction(String text, int from, int end) {
    int digits = end - from - 1;
    if (text.charAt(from) != '.' || digits < 1 || digits > NANO_DIGITS) {
      return false;
    }
    for (int at = from + 1; at < end; at++) {
      if (!isDigit(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /** Returns the nanoseconds of the digits behind the point; 0 when there are none. */
  private static int nanos(String text, int from, int end) {
    int nanos = 0;
    for (int digit = 0; digit < NANO_DIGITS; digit++) {
      int at = from + digit;
      nanos = nanos * 10 + (at < end ? text.charAt(at) - '0' : 0);
    }
    return nanos;
  }
}
