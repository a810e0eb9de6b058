package conductor.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes private directories that are still there after a power failure. */
public final class SyncedDirectory {

  private SyncedDirectory() {}

  /** Writes the names in a directory to disk, and returns when they are there. */
  public static void sync(Path directory) throws IOException {
    Uninterrupted.run(() -> {
      try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    });
  }

  /** Makes a directory and those above it, and syncs the directories that name them. */
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
