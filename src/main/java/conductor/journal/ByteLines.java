package conductor.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes one after the other, of a stream of any size. */
final class ByteLines {

  /** More than a journal's line ever has: what is larger than some KiB in it is a blob. */
  static final int LONGEST = 64 << 20;

  /** The error of a line that is none of a journal. */
  static final class TooLong extends IOException {
    final int line;

    TooLong(int line) {
      super("line %d has more than %d bytes".formatted(line, LONGEST));
      this.line = line;
    }
  }

  private final InputStream from;
  private final byte[] read = new byte[1 << 16];
  private int at;
  private int end;
  private int number;
  private boolean ended;

  ByteLines(InputStream from) {
    this.from = from;
  }

  /**
   * Returns the next line without its newline; null when there is none.
   *
   * @throws TooLong for a line of more than {@link #LONGEST} bytes
   */
  byte @Nullable [] next() throws IOException {
    number++;
    ended = false;
    var line = new ByteArrayOutputStream();
    while (at < end || filled()) {
      int newline = at;
      while (newline < end && read[newline] != '\n') {
        newline++;
      }
      line.write(read, at, newline - at);
      if (line.size() > LONGEST) {
        throw new TooLong(number);
      }
      at = newline + 1;
      if (newline < end) {
        ended = true;
        return line.toByteArray();
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }

  /** Returns whether a newline was behind the last line. */
  boolean ended() {
    return ended;
  }

  private boolean filled() throws IOException {
    at = 0;
    end = Math.max(0, from.read(read));
    return end > 0;
  }
}
