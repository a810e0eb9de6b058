package conductor.report.bundle;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive that anybody may have made, from its beginning to its end and never into memory
 * or onto the disk as a whole.
 */
final class BundleArchive {

  private static final int MAGIC = 0x1f8b;
  private static final int HEADER = 10;
  private static final int FLAGS = 3;
  private static final int RECORD = 512;
  private static final int LARGEST_HEADER = 1 << 20;
  private static final int LARGEST_END = 1 << 20;

  private final InputStream raw;
  private final Limited unpacked;
  private final TarArchiveInputStream tar;

  private BundleArchive(InputStream raw, Limited unpacked) {
    this.raw = raw;
    this.unpacked = unpacked;
    this.tar = new TarArchiveInputStream(unpacked, RECORD, RECORD, StandardCharsets.UTF_8.name());
  }

  /** The error of an archive that cannot be read, or not further; its message says why. */
  static final class Unreadable extends IOException {
    Unreadable(String message) {
      super(message);
    }
  }

  /**
   * A file of the archive.
   *
   * @param regular whether it is one, and no link, directory or device
   */
  record Entry(String name, long size, boolean regular) {

    /** Returns whether its name stays in the directory that the archive is unpacked in. */
    boolean isSafe() {
      return !name.contains("\0")
          && List.of(name.split("/", -1)).stream()
              .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }
  }

  /**
   * Opens an archive.
   *
   * @param raw must support marks
   * @throws Unreadable when it is none
   */
  static BundleArchive open(InputStream raw) throws IOException {
    raw.mark(HEADER);
    byte[] header = raw.readNBytes(HEADER);
    raw.reset();
    int magic = header.length < 2 ? 0 : (header[0] & 0xff) << Byte.SIZE | (header[1] & 0xff);
    if (magic != MAGIC) {
      throw new Unreadable(header.length == 0 ? "it is empty" : "it is no gzip file");
    }
    if (header.length < HEADER) {
      throw new Unreadable("it ends in the middle: it was cut off");
    }
    if (header[FLAGS] != 0) {
      throw new Unreadable("it is no bundle: its gzip header has more than a bundle's");
    }
    return new BundleArchive(
        raw, new Limited(GzipCompressorInputStream.builder().setInputStream(raw).get()));
  }

  /** Returns the next file, at whose content the archive then is; null at the end. */
  @Nullable Entry next() throws IOException {
    unpacked.left = LARGEST_HEADER;
    TarArchiveEntry entry;
    try {
      entry = tar.getNextEntry();
    } catch (EOFException e) {
      throw cutOff();
    } catch (IOException | RuntimeException e) { // of a parser of foreign bytes
      throw new Unreadable("it is damaged: " + e.getMessage());
    }
    unpacked.left = Long.MAX_VALUE;
    if (entry == null) {
      return null;
    }
    boolean regular = entry.getLinkFlag() == TarConstants.LF_NORMAL && !entry.isSparse();
    return new Entry(entry.getName(), entry.getSize(), regular);
  }

  /** Returns the content of the file that {@link #next} returned. */
  InputStream content() {
    return new FilterInputStream(tar) {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        try {
          return super.read(bytes, from, length);
        } catch (EOFException e) {
          throw cutOff();
        } catch (IOException e) {
          throw truncated(e) ? cutOff() : new Unreadable("it is damaged: " + e.getMessage());
        }
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Reads what is behind the last file.
   *
   * @throws Unreadable when that is anything but the end
   */
  void end() throws IOException {
    var zeros = new byte[1 << 13];
    long rest = 0;
    try {
      for (int read = unpacked.read(zeros); read >= 0; read = unpacked.read(zeros)) {
        rest += read;
        boolean empty = Arrays.equals(zeros, 0, read, new byte[read], 0, read);
        if (!empty || rest > LARGEST_END) {
          throw new Unreadable("something is behind its last file");
        }
      }
    } catch (EOFException e) {
      throw cutOff();
    }
    if (raw.read() >= 0) {
      throw new Unreadable("something is behind its end");
    }
  }

  /** The library tells of a file that ends too early in words alone. */
  private static boolean truncated(IOException e) {
    return String.valueOf(e.getMessage()).startsWith("Truncated");
  }

  private static Unreadable cutOff() {
    return new Unreadable("it ends in the middle: it was cut off");
  }

  /** Gives no more than is allowed: the library keeps all of a header in memory. */
  private static final class Limited extends FilterInputStream {

    private long left = Long.MAX_VALUE;

    Limited(InputStream from) {
      super(from);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left <= 0) {
        throw new IOException("the header of a file in it is larger than any is");
      }
      int read = super.read(bytes, from, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }
  }
}
