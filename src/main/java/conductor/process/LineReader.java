package conductor.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import conductor.error.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a growing file line by line, from its beginning. Any number of readers may read one file. A
 * line that is longer than {@link #LONGEST} is left out, and never held in memory: only its
 * beginning is handed on. Bytes that are no UTF-8 are replaced. Not safe for use by several
 * threads.
 */
public final class LineReader {

  /** The longest line that is handed on, in bytes. */
  public static final int LONGEST = 10 << 20;

  private static final int CHUNK = 1 << 16;
  private static final int BEGINNING = 1 << 12;

  private final Path file;
  private final Consumer<LeftOut> leftOut;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long position;
  private long length;
  private String beginning = "";

  public LineReader(Path file) {
    this(file, line -> {});
  }

  /** Stands at the beginning of a file, which need not exist yet; is told what is left out. */
  public LineReader(Path file, Consumer<LeftOut> leftOut) {
    this.file = file;
    this.leftOut = leftOut;
  }

  /**
   * A line that was left out because it is too long.
   *
   * @param beginning its first characters
   * @param bytes its length
   */
  public record LeftOut(String beginning, long bytes) {}

  /**
   * Returns the whole lines that came since the last call, without their line ends; none when the
   * file does not exist. Lines that are written meanwhile are for the next call, so that a program
   * that never stops does not hold up its reader.
   */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    if (!Files.exists(file)) {
      return lines;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = channel.size();
      channel.position(position);
      var chunk = ByteBuffer.allocate(CHUNK);
      while (position < end && channel.read(chunk) > 0) {
        chunk.flip();
        position += chunk.remaining();
        take(chunk.array(), chunk.limit(), lines);
        chunk.clear();
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private void take(byte[] bytes, int end, List<String> lines) {
    int from = 0;
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        if (length <= LONGEST) {
          lines.add(begun.toString(UTF_8));
        } else {
          leftOut.accept(new LeftOut(beginning, length));
        }
        begun.reset();
        length = 0;
        from = i + 1;
      }
    }
    keep(bytes, from, end);
  }

  private void keep(byte[] bytes, int from, int to) {
    boolean fits = length <= LONGEST;
    length += to - from;
    if (length <= LONGEST) {
      begun.write(bytes, from, to - from);
    } else if (fits) {
      begun.write(bytes, from, Math.min(BEGINNING, to - from));
      beginning = new String(begun.toByteArray(), 0, Math.min(BEGINNING, begun.size()), UTF_8);
      begun.reset();
    }
  }
}
