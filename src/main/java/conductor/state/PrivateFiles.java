package conductor.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes files and directories that only their owner may look into, whatever the umask: journals,
 * prompts and answers hold what people told agents.
 */
public final class PrivateFiles {

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /** Makes a directory, and those above it; does nothing when it exists or is null. */
  public static void directories(@Nullable Path directory) throws IOException {
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    }
  }

  /** Makes one directory, which must not exist, in one that does. */
  public static void directory(Path directory) throws IOException {
    Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
  }

  /** Opens a file; one that the call makes is private. */
  public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options, FILE);
  }

  public static boolean isPrivate(Path file) throws IOException {
    return DIRECTORY.containsAll(Files.getPosixFilePermissions(file));
  }

  /** Takes from all but the owner the right to look into a file or directory. */
  public static void close(Path file) throws IOException {
    if (!isPrivate(file)) {
      Set<PosixFilePermission> left = EnumSet.copyOf(DIRECTORY);
      left.retainAll(Files.getPosixFilePermissions(file));
      Files.setPosixFilePermissions(file, left);
    }
  }
}
