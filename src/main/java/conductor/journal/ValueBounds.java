package conductor.journal;

import conductor.effect.NotJournalable;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the limits that a value must keep to be written as JSON and read again by any version. */
final class ValueBounds {

  /**
   * Ten less than the depth up to which JSON is read, for what is around a value in a journal's
   * line.
   */
  private static final int DEPTH = 490;

  private static final int KEY = 50_000;
  private static final int SHOWN = 60;

  private ValueBounds() {}

  /** Refuses a value that is nested too deep or has too long a key. */
  static void check(@Nullable Object value, String where) {
    check(value, where, 0);
  }

  private static void check(@Nullable Object value, String where, int depth) {
    if (depth > DEPTH) {
      throw new NotJournalable(where, "list or map nested more than %d deep".formatted(DEPTH));
    }
    switch (value) {
      case Collection<?> items -> items.forEach(item -> check(item, where, depth + 1));
      case Map<?, ?> map ->
          map.forEach((key, item) -> {
            checkKey(key, where);
            check(item, where, depth + 1);
          });
      case Record object ->
          Reflected.components(object).forEach(field -> check(field.value(), where, depth + 1));
      case null, default -> {}
    }
  }

  private static void checkKey(@Nullable Object key, String where) {
    if (key instanceof CharSequence text && text.length() >= KEY) {
      throw new NotJournalable(
          where,
          "map with the key '%s...' of %d characters where %d is the most"
              .formatted(text.subSequence(0, SHOWN), text.length(), KEY - 1));
    }
  }
}
