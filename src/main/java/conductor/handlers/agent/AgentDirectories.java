package conductor.handlers.agent;

import conductor.engine.handler.Key;
import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Assigns directories to agents: one for each key, under the wanted name or the next free one. */
final class AgentDirectories {

  private AgentDirectories() {}

  /** Claims or finds the directory of the agent of a key, and returns the agent's name. */
  static String claim(Path agents, String wanted, String key) {
    String name = wanted;
    for (int n = 2; !isClaimed(claim(agents, name), key); n++) {
      name = wanted + "-" + n;
    }
    return name;
  }

  /** Returns the name of the agent that was begun for a key; empty when none was. */
  static Optional<String> find(Path agents, String wanted, Key key) {
    String name = wanted;
    for (int n = 2; Files.exists(claim(agents, name)); n++) {
      if (TextFile.read(claim(agents, name)).equals(key.toString())) {
        return Optional.of(name);
      }
      name = wanted + "-" + n;
    }
    return Optional.empty();
  }

  /**
   * Gives the directory of an effect that failed to the key of its retry, so that the retry
   * continues with the same agent.
   *
   * @param goesOn whether the agent of a name can continue its work
   * @return the agent's name; empty when the key has a directory already, or no agent can continue
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

  /** Claims a directory if it is free, and returns whether it now belongs to the key. */
  private static boolean isClaimed(Path claim, String key) {
    return AtomicFile.create(claim, key) || TextFile.read(claim).equals(key);
  }
}
