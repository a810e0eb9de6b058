package conductor.handlers.forge.project;

import conductor.process.CannotRun;
import conductor.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hosts that ssh connects to for the names in remotes, as the user's ssh configuration says:
 * {@code github.com-work} may be {@code github.com}. Safe for use by several threads.
 */
final class SshHosts {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String KEY = "hostname ";

  private final Map<String, String> environment;
  private final Path directory;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  SshHosts(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /** Returns the host that a name stands for; the name itself where ssh does not say. */
  String of(String name) throws InterruptedException {
    String before = known.get(name);
    if (before != null) {
      return before;
    }
    String host = asked(name);
    known.put(name, host);
    return host;
  }

  /** Connects to nothing. */
  private String asked(String name) throws InterruptedException {
    String command = environment.getOrDefault("GIT_SSH_COMMAND", "ssh");
    var words = List.of("sh", "-c", command + " \"$@\"", "ssh", "-G", "--", name);
    try {
      return new Command(words, directory, environment, "", LIMIT)
          .run()
          .out()
          .lines()
          .filter(line -> line.startsWith(KEY))
          .map(line -> line.substring(KEY.length()).strip())
          .filter(host -> !host.isEmpty())
          .findFirst()
          .orElse(name);
    } catch (CannotRun e) {
      return name;
    }
  }
}
