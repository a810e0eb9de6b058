package conductor.process;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  /** Returns at most so many of the last bytes as text, from the start of a character on. */
  public String tail(int most) {
    long size = size();
    return read(Math.max(0, size - most), (int) Math.min(size, most));
  }

  /** Returns at most so many of the first bytes as text. */
  public String head(int most) {
    return read(0, (int) Math.min(size(), most));
  }

  private String read(long from, int length) {
    if (length == 0) {
      return "";
    }
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
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  /** Returns whether a byte continues a UTF-8 character. */
  private static boolean isInside(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
