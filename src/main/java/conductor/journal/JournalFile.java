package conductor.journal;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The content of a journal's file: its entries, and where they end when the file's tail is torn.
 * Reading changes nothing (law 10).
 *
 * @param length the bytes that hold the entries
 * @param size of the file; greater than {@code length} when its tail is torn
 */
public record JournalFile(List<Entry> entries, long length, long size) {

  public JournalFile {
    entries = List.copyOf(entries);
  }

  public boolean torn() {
    return size > length;
  }

  /**
   * Reads a file; one that does not exist is empty.
   *
   * @throws JournalException.Damaged when a line before the last sync is not what was written
   * @throws JournalException.TooNew when the file is of a newer format
   */
  public static JournalFile read(Path file) {
    byte[] bytes = bytes(file);
    var entries = new ArrayList<Entry>();
    int start = 0;
    while (start < bytes.length) {
      int end = newline(bytes, start);
      Optional<Line> line =
          end < 0 ? Optional.empty() : Line.of(Arrays.copyOfRange(bytes, start, end));
      if (line.isEmpty() && (end >= 0 || start == 0)) {
        byte[] unknown = Arrays.copyOfRange(bytes, start, end < 0 ? bytes.length : end);
        refuseUnknown(file, unknown, entries.size() + 1, end >= 0);
      }
      if (line.isEmpty() || line.get().number() != entries.size() + 1) {
        return torn(file, entries, bytes, start);
      }
      entries.add(line.get().entry());
      start = end + 1;
    }
    return new JournalFile(entries, start, bytes.length);
  }

  private static JournalFile torn(Path file, List<Entry> entries, byte[] bytes, int from) {
    int bad = entries.size() + 1;
    for (int start = from; start < bytes.length; ) {
      int end = newline(bytes, start);
      if (end < 0) {
        break;
      }
      Optional<Line> line = Line.of(Arrays.copyOfRange(bytes, start, end));
      if (line.isPresent() && line.get().synced() >= bad) {
        throw new JournalException.Damaged(file, bad, "the line is not what was written");
      }
      start = end + 1;
    }
    return new JournalFile(entries, from, bytes.length);
  }

  /**
   * Refuses a line that a newer conductor wrote, perhaps behind those of an older one: it is no
   * torn tail.
   */
  private static void refuseUnknown(Path file, byte[] line, int number, boolean ended) {
    boolean whole = ended && Line.isChecked(line);
    int format = whole || number == 1 ? Line.format(line) : Line.FORMAT;
    if (format > Line.FORMAT) {
      throw new JournalException.TooNew(file, format, Line.FORMAT);
    }
    if (whole) {
      throw new JournalException.Damaged(
          file, number, "the record is none that this version knows");
    }
  }

  private static int newline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.readAllBytes();
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }
}
