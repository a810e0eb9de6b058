package conductor.report.bundle;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps what goes into a bundle until all of it is known: in a file without a name, which ends with
 * the process.
 */
final class Spool implements AutoCloseable {

  private final Path target;
  private final FileChannel file;

  private Spool(Path target, FileChannel file) {
    this.target = target;
    this.file = file;
  }

  /** Where something is in the spool. */
  record Part(long from, long length) {}

  /**
   * Opens a spool on the disk that a bundle is written to.
   *
   * @throws UncheckedIOException when nothing can be written there
   */
  static Spool beside(Path target) {
    Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      return new Spool(
          target,
          PrivateFiles.open(
              beside,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE)));
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private static UncheckedIOException cannotWrite(Path target, IOException e) {
    return new UncheckedIOException("cannot write " + target + ": " + Reason.of(e), e);
  }

  /**
   * Adds what is written.
   *
   * @throws IOException when the content could not be read; nothing is added then
   * @throws UncheckedIOException when the spool could not be written
   */
  Part add(AtomicFile.Content content) throws IOException {
    long from = size();
    boolean whole = false;
    try (var to = new BufferedOutputStream(new End(), 1 << 16)) {
      content.write(to);
      to.flush();
      whole = true;
    } finally {
      if (!whole) {
        file.truncate(from);
      }
    }
    return new Part(from, size() - from);
  }

  private long size() {
    try {
      return file.size();
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  InputStream read(Part part) {
    return new FilePart(file, part.from(), part.length());
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** The end of the spool. */
  private final class End extends OutputStream {

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      try {
        var left = ByteBuffer.wrap(bytes, from, length);
        for (long at = file.size(); left.hasRemaining(); ) {
          at += file.write(left, at);
        }
      } catch (IOException e) {
        throw cannotWrite(target, e);
      }
    }
  }
}
