package conductor.agent;

import conductor.effect.AgentFailure;
import conductor.effect.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The agents that can be run: those of the configuration and the known programs on the PATH.
 * Immutable.
 */
public final class AgentCatalog {

  /** Programs that are known, with how they take a prompt on standard input. */
  private static final Map<String, List<String>> KNOWN =
      new TreeMap<>(
          Map.of(
              "claude", List.of("claude", "-p", "--permission-mode", "acceptEdits"),
              "codex", List.of("codex", "exec", "-s", "workspace-write", "-")));

  private final Map<String, AgentSettings> configured;
  private final Optional<String> preferred;
  private final List<Path> path;

  /**
   * @param preferred the type used when a script names none
   * @param path the directories that programs are looked for in
   */
  public AgentCatalog(
      Map<String, AgentSettings> configured, Optional<String> preferred, List<Path> path) {
    this.configured = new TreeMap<>(configured);
    this.preferred = preferred;
    this.path = List.copyOf(path);
  }

  /** The types that could be run, by name, the configured ones first. */
  public List<String> types() {
    var types = new ArrayList<>(configured.keySet());
    known().stream().filter(type -> !types.contains(type)).forEach(types::add);
    return types;
  }

  private List<String> known() {
    return KNOWN.keySet().stream().filter(type -> find(type).isPresent()).toList();
  }

  /**
   * The type used when a script names none.
   *
   * @throws AgentFailure.AgentUnavailable when there is none, or several could be meant
   */
  public String defaultType() {
    if (preferred.isPresent()) {
      return preferred.get();
    }
    List<String> types = types();
    if (types.size() == 1) {
      return types.getFirst();
    }
    String reason =
        types.isEmpty()
            ? "none is configured, and none of %s is on the PATH; write to .conductor/config.yaml:\nagent: mine\nagents:\n  mine:\n    command: [\"sh\", \"agent.sh\"]"
                .formatted(String.join(", ", KNOWN.keySet()))
            : "found %s; choose one with --agent, or write 'agent: %s' to .conductor/config.yaml"
                .formatted(String.join(", ", types), types.getFirst());
    throw new AgentFailure.AgentUnavailable("default", reason);
  }

  /**
   * How agents of a type are run.
   *
   * @throws AgentFailure.AgentUnavailable when the type is unknown or its program is missing
   */
  public AgentSettings settings(String type) {
    AgentSettings settings = configured.get(type);
    if (settings == null) {
      if (!known().contains(type)) {
        throw new AgentFailure.AgentUnavailable(type, unknown(type));
      }
      settings =
          new AgentSettings(
              type,
              KNOWN.getOrDefault(type, List.of()),
              null,
              Map.of(),
              List.of(),
              AgentSettings.TIMEOUT,
              AgentSettings.IDLE_TIMEOUT);
    }
    Path script = settings.script();
    if (script != null && !Files.isRegularFile(script)) {
      throw new AgentFailure.AgentUnavailable(
          type, "its script %s does not exist; correct agents.%s.script".formatted(script, type));
    }
    if (find(settings.command().getFirst()).isEmpty()) {
      throw new AgentFailure.AgentUnavailable(
          type,
          "its program '%s' is not on the PATH; install it, or correct agents.%s.command"
              .formatted(settings.command().getFirst(), type));
    }
    return settings;
  }

  private String unknown(String type) {
    List<String> types = types();
    return KNOWN.containsKey(type)
        ? "its program is not on the PATH; install it, or set agents.%s.command".formatted(type)
        : "it is not configured%s; there %s"
            .formatted(
                Nearest.hint(type, types),
                types.isEmpty() ? "is none" : "are " + String.join(", ", types));
  }

  private Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program)).filter(Files::isExecutable);
    }
    return path.stream()
        .map(directory -> directory.resolve(program))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
        .findFirst();
  }
}
