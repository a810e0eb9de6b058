package conductor.journal;

import java.util.List;

/**
 * The record of one run, in order. Its invariants, which every implementation holds and the
 * contract test numbers alike:
 *
 * <ol>
 *   <li><b>J1</b> What was appended and synced is read back, in order, after a crash at any moment.
 *   <li><b>J2</b> What was appended and not synced is read back up to some point, in order, and
 *       nothing after that point.
 *   <li><b>J3</b> An entry read back equals the entry appended.
 *   <li><b>J4</b> Damage is never read as an entry: a torn tail is set aside and reported, damage
 *       before entries that are known to be synced stops the opening and leaves the journal
 *       untouched.
 *   <li><b>J5</b> After a failed append or sync every later call fails.
 *   <li><b>J6</b> A journal of a newer format is refused and left untouched.
 * </ol>
 *
 * <p>An engine appends from one thread. A journal does not know what its entries mean, and does not
 * lock: whoever opens it must own the run. A distributed engine brings its own implementation.
 */
public interface Journal extends AutoCloseable {

  /** Returns the entries that were there when the journal was opened. */
  List<Entry> entries();

  /**
   * Adds an entry.
   *
   * @throws JournalException.Unwritable when it could not be written; later calls fail, too
   */
  void append(Entry entry);

  /**
   * Writes all appended entries to disk, and returns when they are there.
   *
   * @throws JournalException.Unwritable when that failed; later calls fail, too
   */
  void sync();

  @Override
  void close();
}
