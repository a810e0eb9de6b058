package conductor.app;

import conductor.agent.AgentCatalog;
import conductor.agent.AgentSettings;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.effect.Coercion;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the catalogue of agents of the configuration. */
final class AgentTypes {

  private AgentTypes() {}

  /**
   * The agents that are configured or found.
   *
   * @param pinned the default that a run keeps; wins over the configuration's
   */
  static AgentCatalog of(Configuration configuration, Places places, Optional<String> pinned) {
    var agents = new TreeMap<String, AgentSettings>();
    for (String type : configuration.names("agents")) {
      agents.put(type, settings(configuration, places.home(), type));
    }
    List<Path> path =
        Arrays.stream(places.environment().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(directory -> !directory.isEmpty())
            .map(Path::of)
            .toList();
    return new AgentCatalog(agents, pinned.or(() -> configuration.text("agent")), path);
  }

  private static AgentSettings settings(Configuration configuration, Path home, String type) {
    String key = "agents." + type + ".";
    List<String> command =
        configuration
            .command(key + "command")
            .or(() -> configuration.file(key + "script").map(script -> player(home, script)))
            .or(() -> configuration.text(key + "program").map(List::of))
            .orElse(List.of(type));
    return new AgentSettings(
        type,
        command,
        configuration.file(key + "script").orElse(null),
        configuration.texts(key + "env"),
        configuration.list(key + "pass_env"),
        duration(configuration, key + "timeout", AgentSettings.TIMEOUT),
        duration(configuration, key + "idle_timeout", AgentSettings.IDLE_TIMEOUT));
  }

  /** What plays a script as an agent. */
  private static List<String> player(Path home, Path script) {
    return script.toString().endsWith(".groovy")
        ? Itself.command(home, "play", script.toString())
        : List.of("sh", script.toString());
  }

  private static Duration duration(Configuration configuration, String key, Duration usual) {
    return configuration.text(key).map(Coercion::duration).orElse(usual);
  }
}
