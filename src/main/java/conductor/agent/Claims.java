package conductor.agent;

import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.TextFile;
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
    for (int n = 2; !isClaimed(agents.resolve(FileName.of(name)).resolve("claim"), key); n++) {
      name = wanted + "-" + n;
    }
    return name;
  }

  /** Whether a directory is the key's, or was free; one without a claim is free. */
  private static boolean isClaimed(Path claim, String key) {
    return AtomicFile.create(claim, key) || TextFile.read(claim).equals(key);
  }
}
