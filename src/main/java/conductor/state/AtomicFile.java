package conductor.state;

import conductor.error.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes files that readers see whole or not at all: beside their place first, synced, then renamed
 * into it. Files of the state are {@linkplain PrivateFiles private}.
 */
public final class AtomicFile {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final Pattern BESIDE =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private AtomicFile() {}

  /** Replaces a file's content with UTF-8 text; makes the directories it needs. */
  public static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces a file's content; makes the directories it needs.
   *
   * @throws UncheckedIOException with the file's path in its message
   */
  public static void write(Path file, byte[] content) {
    Path beside = beside(file);
    try {
      SyncedDirectory.create(directory(beside));
      fill(beside, content);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      SyncedDirectory.sync(directory(file));
    } catch (IOException e) {
      throw cannotWrite(file, beside, e);
    }
  }

  /** Writes what is to be in a file, piece by piece. */
  public interface Content {

    /** Writes all of it, and does not close what it writes to. */
    void write(OutputStream to) throws IOException;
  }

  /**
   * Replaces a file's content, of any size. A process that is told to end leaves nothing of what it
   * wrote so far.
   *
   * @throws UncheckedIOException with the file's path in its message
   */
  public static void write(Path file, Content content) {
    Path beside = beside(file);
    beside.toFile().deleteOnExit();
    try {
      try (FileChannel channel = PrivateFiles.open(beside, NEW);
          var to = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.write(to);
        to.flush();
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      SyncedDirectory.sync(directory(file));
    } catch (IOException e) {
      throw cannotWrite(file, beside, e);
    } finally {
      beside.toFile().delete();
    }
  }

  /**
   * Replaces the content of a file that is not the state's, with the permissions that the umask
   * gives; makes the directories it needs.
   *
   * @param scratch where it is written first, on the same file system; what is there is replaced
   * @throws UncheckedIOException with the file's path in its message
   */
  public static void write(Path file, String content, Path scratch) {
    try {
      Files.createDirectories(file.getParent());
      Uninterrupted.run(() -> {
        Files.deleteIfExists(scratch);
        fill(FileChannel.open(scratch, NEW), content.getBytes(StandardCharsets.UTF_8));
      });
      Files.move(
          scratch, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite(file, scratch, e);
    }
  }

  /**
   * Replaces a file by a copy of another one, of any size; makes the directories it needs.
   *
   * @param scratch where it is written first, on the same file system; what is there is replaced
   * @throws UncheckedIOException with the file's path in its message
   */
  public static void copy(Path from, Path file, Path scratch) {
    try {
      SyncedDirectory.create(directory(file));
      Files.deleteIfExists(scratch);
      try (FileChannel in = FileChannel.open(from);
          FileChannel out = PrivateFiles.open(scratch, NEW)) {
        long size = in.size();
        for (long done = 0; done < size; ) {
          long more = in.transferTo(done, size - done, out);
          if (more == 0) {
            break; // it has become shorter meanwhile
          }
          done += more;
        }
        out.force(true);
      }
      Files.move(
          scratch, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      SyncedDirectory.sync(directory(file));
    } catch (IOException e) {
      throw cannotWrite(file, scratch, e);
    }
  }

  /** Makes a file unless it exists, and says whether; of several callers, one makes it. */
  public static boolean create(Path file, String content) {
    Path beside = beside(file);
    try {
      SyncedDirectory.create(directory(beside));
      fill(beside, content.getBytes(StandardCharsets.UTF_8));
      Files.createLink(file, beside);
      Files.delete(beside);
      SyncedDirectory.sync(directory(file));
      return true;
    } catch (FileAlreadyExistsException e) {
      beside.toFile().delete();
      return false;
    } catch (IOException e) {
      throw cannotWrite(file, beside, e);
    }
  }

  /** Returns whether a file is not in its place yet. */
  public static boolean isBeingWritten(Path file) {
    return BESIDE.matcher(file.getFileName().toString()).matches();
  }

  private static Path directory(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static Path beside(Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
  }

  private static void fill(Path beside, byte[] content) throws IOException {
    Uninterrupted.run(() -> {
      Files.deleteIfExists(beside);
      fill(PrivateFiles.open(beside, NEW), content);
    });
  }

  private static void fill(FileChannel file, byte[] content) throws IOException {
    try (FileChannel channel = file) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static UncheckedIOException cannotWrite(Path file, Path beside, IOException e) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException left) {
      e.addSuppressed(left);
    }
    return new UncheckedIOException("cannot write " + file + ": " + Reason.of(e), e);
  }
}
