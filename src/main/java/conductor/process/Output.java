package conductor.process;

import conductor.error.Unchecked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads parts of a file of output, which may be large or missing. */
public record Output(Path file) {

  /** Returns the file's present size in bytes; 0 when it is missing. */
  public long size() {
    return Unchecked.get("read " + file, () -> Files.exists(file) ? Files.size(file) : 0);
  }

  /** Returns at most so many of the last bytes as text, from the start of a character on. */
  public String tail(int most) {
    long size = size();
    return text(Math.max(0, size - most), (int) Math.min(size, most));
  }

  public String head(int most) {
    return text(0, (int) Math.min(size(), most));
  }

  private String text(long from, int length) {
    return length == 0 ? "" : Unchecked.get("read " + file, () -> read(from, length));
  }

  private String read(long from, int length) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var bytes = ByteBuffer.allocate(length);
      channel.position(from);
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes);
      }
      int start = 0;
      while (from > 0 && start < Math.min(4, bytes.position()) && isInside(bytes.get(start))) {
        start++;
      }
      return new String(bytes.array(), start, bytes.position() - start, StandardCharsets.UTF_8);
    }
  }

  /** Returns whether a byte continues a UTF-8 character. */
  private static boolean isInside(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
