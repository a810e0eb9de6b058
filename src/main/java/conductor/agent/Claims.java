package conductor.agent;

import conductor.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directories of agents: one for each key, under the name that was wanted or the next free. */
final class Claims {

  private Claims() {}

  /**
   * Claims a directory for the agent of a key, or finds the one that it has.
   *
   * @return its name
   */
  static String claim(Path agents, String wanted, String key) {
    try {
      Files.createDirectories(agents);
      int n = 1;
      String name = wanted;
      while (!isClaimed(agents.resolve(name), key)) {
        n++;
        name = wanted + "-" + n;
      }
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + agents + ": " + e.getMessage(), e);
    }
  }

  /** Whether a directory is the key's, or was free. */
  private static boolean isClaimed(Path directory, String key) throws IOException {
    Path claim = directory.resolve("claim");
    if (Files.exists(claim)) {
      return Files.readString(claim).equals(key);
    }
    try {
      Files.createDirectory(directory);
      AtomicFile.write(claim, key);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
