package conductor.handlers.forge.project;

import conductor.process.CannotRun;
import conductor.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resolves host names in remotes by the user's ssh configuration, where {@code github.com-work} may
 * stand for {@code github.com}. Safe for use by several threads.
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

  /** Returns the host that a name stands for; the name itself when ssh does not report one. */
  String of(String name) throws InterruptedException {
    if (!known.containsKey(name)) {
      known.put(name, asked(name));
    }
    return known.getOrDefault(name, name);
  }

  /** Asks {@code ssh -G}, which makes no connection. */
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
