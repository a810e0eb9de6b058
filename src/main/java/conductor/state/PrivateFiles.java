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
 * Files and directories that only their owner may look into, whatever the umask: journals, prompts
 * and answers hold what people told agents.
 */
public final class PrivateFiles {

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /** Makes a directory, and those above it that are missing; null is one that there is. */
  public static void directories(@Nullable Path directory) throws IOException {
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    }
  }

  /** Makes one directory. */
  public static void directory(Path directory) throws IOException {
    Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
  }

  /** Opens a file, which is private if it is made by that. */
  public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options, FILE);
  }

  /** Takes a directory from the others that could look into it, as an older version made it. */
  public static void close(Path directory) throws IOException {
    Set<PosixFilePermission> open = EnumSet.allOf(PosixFilePermission.class);
    open.removeAll(DIRECTORY);
    open.retainAll(Files.getPosixFilePermissions(directory));
    if (!open.isEmpty()) {
      Files.setPosixFilePermissions(directory, DIRECTORY);
    }
  }
}
