package conductor.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Takes the lines of a journal one after the other, and tells entries from a torn tail and from
 * damage. Keeps none of them, so that a journal may be larger than the memory.
 */
public final class JournalLines {

  private final Path file;
  private final BiConsumer<Entry, byte[]> each;
  private int count;
  private int bad;
  private long length;
  private boolean torn;

  JournalLines(Path file, BiConsumer<Entry, byte[]> each) {
    this.file = file;
    this.each = each;
  }

  /**
   * Reads a journal.
   *
   * @param file what errors call it
   * @param each takes every entry, with its line
   * @throws JournalException.Damaged when a line before the last sync is not what was written
   * @throws JournalException.TooNew when the journal is of a newer format
   */
  public static JournalLines read(Path file, InputStream from, BiConsumer<Entry, byte[]> each)
      throws IOException {
    var journal = new JournalLines(file, each);
    var lines = new ByteLines(from);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        journal.add(line, lines.ended());
      }
    } catch (ByteLines.TooLong e) {
      throw new JournalException.Damaged(file, e.line, "the line is longer than any is");
    }
    return journal;
  }

  /** Returns how many bytes hold entries. */
  public long length() {
    return length;
  }

  public int entries() {
    return count;
  }

  /** Returns whether something is behind the last entry. */
  public boolean torn() {
    return torn;
  }

  /**
   * Takes the next line, without its newline.
   *
   * @param ended whether it had one
   */
  void add(byte[] bytes, boolean ended) {
    Optional<Line> line = ended ? Line.of(bytes) : Optional.empty();
    if (bad == 0) {
      if (line.isEmpty() && (ended || length == 0)) {
        refuseUnknown(bytes, ended);
      }
      if (line.isPresent() && line.get().number() == count + 1) {
        count++;
        length += bytes.length + 1;
        each.accept(line.get().entry(), bytes);
        return;
      }
      bad = count + 1;
      torn = true;
    }
    if (line.isPresent() && line.get().synced() >= bad) {
      throw new JournalException.Damaged(file, bad, "the line is not what was written");
    }
  }

  /**
   * Refuses a line that a newer conductor wrote, perhaps behind those of an older one: it is no
   * torn tail.
   */
  private void refuseUnknown(byte[] line, boolean ended) {
    boolean whole = ended && Line.isChecked(line);
    int format = whole || count == 0 ? Line.format(line) : Line.FORMAT;
    if (format > Line.FORMAT) {
      throw new JournalException.TooNew(file, format, Line.FORMAT);
    }
    if (whole) {
      throw new JournalException.Damaged(
          file, count + 1, "the record is none that this version knows");
    }
  }
}
