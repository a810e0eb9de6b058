package conductor.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file that grows, line by line, from its beginning. Any number may read one file. A line
 * that is longer than {@link #LONGEST} is left out, and never held in memory; bytes that are no
 * UTF-8 are replaced. Not safe for use by several threads.
 */
public final class LineReader {

  /** The longest line that is handed on, in bytes. */
  public static final int LONGEST = 10 << 20;

  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long position;
  private boolean tooLong;

  public LineReader(Path file) {
    this.file = file;
  }

  /** The whole lines that came since the last call, without their line ends. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    if (!Files.exists(file)) {
      return lines;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(position);
      var chunk = ByteBuffer.allocate(CHUNK);
      while (channel.read(chunk) > 0) {
        chunk.flip();
        position += chunk.remaining();
        take(chunk.array(), chunk.limit(), lines);
        chunk.clear();
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private void take(byte[] bytes, int length, List<String> lines) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        if (!tooLong) {
          lines.add(begun.toString(StandardCharsets.UTF_8));
        }
        begun.reset();
        tooLong = false;
        from = i + 1;
      }
    }
    keep(bytes, from, length);
  }

  private void keep(byte[] bytes, int from, int to) {
    tooLong |= begun.size() + (to - from) > LONGEST;
    if (tooLong) {
      begun.reset();
    } else {
      begun.write(bytes, from, to - from);
    }
  }
}
