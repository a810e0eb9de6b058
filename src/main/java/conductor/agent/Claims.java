package conductor.agent;

import conductor.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    String name = wanted;
    for (int n = 2; !isClaimed(agents.resolve(name).resolve("claim"), key); n++) {
      name = wanted + "-" + n;
    }
    return name;
  }

  /** Whether a directory is the key's, or was free; one without a claim is free. */
  private static boolean isClaimed(Path claim, String key) {
    try {
      return AtomicFile.create(claim, key) || Files.readString(claim).equals(key);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + claim + ": " + e.getMessage(), e);
    }
  }
}
