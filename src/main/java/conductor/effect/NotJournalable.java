package conductor.effect;

/**
 * The failure of a value that cannot be journaled, given to an effect or made by its handler. For
 * an argument it is thrown before anything is done.
 */
public final class NotJournalable extends Failure {

  /** The place of the value, such as {@code Put.value.list[3]}. */
  public final String where;

  /** The value's Java type. */
  public final String type;

  public NotJournalable(String where, String type) {
    super(
        "%s is a %s, which cannot be journaled; use null, booleans, numbers, text, times, durations, paths, lists, maps with text keys, and the records of effects and replies"
            .formatted(where, type));
    this.where = where;
    this.type = type;
  }
}
