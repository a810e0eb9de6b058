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

/**
 * The content of a journal's file: its entries, and where they end when the file's tail is torn.
 * Reading changes nothing (law 10).
 *
 * @param length the bytes that hold the entries
 * @param size of the file; greater than {@code length} when its tail is torn
 */
public record JournalFile(List<Entry> entries, long length, long size) {

  /** The format of the lines that this version writes, and the newest that it reads. */
  public static final int FORMAT = Line.FORMAT;

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
    var lines = new JournalLines(file, (entry, _) -> entries.add(entry));
    for (int start = 0; start < bytes.length; ) {
      int newline = newline(bytes, start);
      int end = newline < 0 ? bytes.length : newline;
      lines.add(Arrays.copyOfRange(bytes, start, end), newline >= 0);
      start = end + 1;
    }
    return new JournalFile(entries, lines.length(), bytes.length);
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
