package conductor.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Private directories whose names are still there after the power failed. */
public final class SyncedDirectory {

  private SyncedDirectory() {}

  /** Returns when the names in a directory are on disk. */
  public static void sync(Path directory) throws IOException {
    Uninterrupted.run(() -> {
      try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    });
  }

  /** Makes a directory and those above it that are missing, and syncs where they are named. */
  public static void create(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(directory)) {
      return;
    }
    create(parent);
    PrivateFiles.directories(directory);
    sync(parent);
  }
}
