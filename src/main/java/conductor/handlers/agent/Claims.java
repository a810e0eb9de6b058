package conductor.handlers.agent;

import conductor.engine.handler.Key;
import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

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
    for (int n = 2; !isClaimed(claim(agents, name), key); n++) {
      name = wanted + "-" + n;
    }
    return name;
  }

  /**
   * Hands the directory of an effect that failed to the key under which it is tried again.
   *
   * @param goesOn whether the agent of a name can go on with its work
   * @return its name; empty when the key has a directory, or there is none to go on with
   */
  static Optional<String> goOn(Path agents, String wanted, Key key, Predicate<String> goesOn) {
    Optional<String> last = Optional.empty();
    String name = wanted;
    for (int n = 2; Files.exists(claim(agents, name)); n++) {
      String claimed = TextFile.read(claim(agents, name));
      if (claimed.equals(key.toString())) {
        return Optional.empty();
      }
      last = key.isRetryOf(claimed) && goesOn.test(name) ? Optional.of(name) : last;
      name = wanted + "-" + n;
    }
    last.ifPresent(found -> AtomicFile.write(claim(agents, found), key.toString()));
    return last;
  }

  private static Path claim(Path agents, String name) {
    return agents.resolve(FileName.of(name)).resolve("claim");
  }

  /** Returns whether a directory is the key's, or was free; one without a claim is free. */
  private static boolean isClaimed(Path claim, String key) {
    return AtomicFile.create(claim, key) || TextFile.read(claim).equals(key);
  }
}
