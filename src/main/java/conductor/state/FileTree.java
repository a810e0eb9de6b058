package conductor.state;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory with all that is in it. What its links point at is not touched. */
public final class FileTree {

  private FileTree() {}

  /**
   * Deletes one, if it is there.
   *
   * @throws UncheckedIOException with the directory's path in its message
   */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory + ": " + Reason.of(e), e);
    }
  }
}
