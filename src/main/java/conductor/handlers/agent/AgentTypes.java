package conductor.handlers.agent;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Setting;
import conductor.effect.Coercion;
import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.known.KnownAgents;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Equipment.McpServer;
import conductor.handlers.agent.protocol.Protocol;
import conductor.process.SearchPath;
import conductor.process.SelfCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builds the catalogue of agents from the configuration. */
public final class AgentTypes {

  private final Configuration configuration;
  private final Path home;
  private final ConfiguredEquipment equipment;

  private AgentTypes(Configuration configuration, Path home) {
    this.configuration = configuration;
    this.home = home;
    this.equipment = ConfiguredEquipment.of(configuration);
  }

  /**
   * Returns the catalogue of a configuration and of the programs on the PATH.
   *
   * @param pinned the default type that a run recorded, which overrides the configuration's; empty
   *     when none was
   * @throws BadConfiguration when a setting has an invalid value
   */
  public static AgentCatalog of(
      Configuration configuration, Places places, Optional<String> pinned) {
    var types = new AgentTypes(configuration, places.home());
    var agents = new TreeMap<String, AgentSettings>();
    configuration.names("agents").forEach(type -> agents.put(type, types.settings(type)));
    var profiles = new TreeMap<String, AgentSettings.Profile>();
    configuration.names("profiles").forEach(name -> profiles.put(name, types.profile(name)));
    return new AgentCatalog(
        agents,
        profiles,
        pinned.or(() -> configuration.text("agent")),
        SearchPath.of(places.environment()),
        places.project(),
        types.equipment,
        places.environment());
  }

  private AgentSettings settings(String type) {
    String key = "agents." + type + ".";
    Optional<Path> script = configuration.file(key + "script");
    return new AgentSettings(
        type,
        "agents." + type,
        command(type, key),
        protocol(type, key).orElse(null),
        script.orElse(null),
        configuration.variables(key + "env"),
        configuration.list(key + "pass_env"),
        limits(key),
        configuration.text(key + "model").orElse(null),
        configuration.text(key + "mode").orElse(null),
        configuration.text(key + "effort").orElse(null),
        rules(key).orElse(Rules.USUAL),
        new Equipment(
            configuration.text(key + "system").orElse(null),
            servers(key).orElse(List.of()),
            skills(key).orElse(Map.of())));
  }

  private List<String> command(String type, String key) {
    return configuration
        .commandBeside(key + "command")
        .or(() -> configuration.file(key + "script").map(this::player))
        .orElseGet(() -> List.of(configuration.program(key + "program").orElse(type)));
  }

  private List<String> player(Path script) {
    return script.toString().endsWith(".groovy")
        ? SelfCommand.command(home, "play", script.toString())
        : List.of("sh", script.toString());
  }

  /** Returns the type's protocol; empty for a program that reads a prompt and prints an answer. */
  private Optional<Protocol> protocol(String type, String key) {
    Optional<Setting> named = configuration.setting(key + "protocol");
    if (named.isPresent()) {
      String name = String.valueOf(named.get().value());
      Map<String, Protocol> protocols = KnownAgents.protocols();
      Protocol protocol = protocols.get(name);
      if (protocol == null) {
        throw wrong(named.get(), "one of " + String.join(", ", protocols.keySet()));
      }
      return Optional.of(protocol);
    }
    boolean own =
        Stream.of("command", "script")
            .anyMatch(part -> configuration.setting(key + part).isPresent());
    return own ? Optional.empty() : KnownAgents.named(type).map(KnownAgent::protocol);
  }

  private AgentSettings.Limits limits(String key) {
    AgentSettings.Limits usual = AgentSettings.Limits.USUAL;
    return new AgentSettings.Limits(
        duration(key + "timeout").orElse(usual.timeout()),
        duration(key + "idle_timeout").orElse(usual.idleTimeout()),
        configuration.number(key + "retries").orElse(usual.retries()),
        duration(key + "backoff").orElse(usual.backoff()),
        configuration
            .text(key + "wait_for_limits")
            .map(Boolean::parseBoolean)
            .orElse(usual.waitsForLimits()));
  }

  private Optional<Duration> duration(String key) {
    return configuration.text(key).map(Coercion::duration);
  }

  private Optional<Rules> rules(String key) {
    String permissions = key + "permissions.";
    Optional<Setting> otherwise = configuration.setting(permissions + "default");
    List<String> allow = listed(permissions + "allow");
    List<String> ask = listed(permissions + "ask");
    List<String> deny = listed(permissions + "deny");
    if (otherwise.isEmpty() && allow.isEmpty() && ask.isEmpty() && deny.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rules(otherwise.map(AgentTypes::verdict).orElse(null), allow, ask, deny));
  }

  private List<String> listed(String key) {
    List<String> rules = configuration.list(key);
    for (String rule : rules) {
      Optional<String> fault = RuleForm.fault(rule);
      if (fault.isPresent()) {
        throw new BadConfiguration(
            "%s: '%s' has '%s', which no tool would match: %s"
                .formatted(
                    configuration.setting(key).orElseThrow().origin(), key, rule, fault.get()));
      }
    }
    return rules;
  }

  private static Rules.Verdict verdict(Setting setting) {
    try {
      return Rules.Verdict.valueOf(String.valueOf(setting.value()).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong(setting, "allow, ask or deny");
    }
  }

  private AgentSettings.Profile profile(String name) {
    String key = "profiles." + name + ".";
    return new AgentSettings.Profile(
        name,
        configuration.text(key + "agent"),
        configuration.text(key + "model"),
        configuration.text(key + "mode"),
        configuration.text(key + "effort"),
        configuration.text(key + "system"),
        servers(key),
        skills(key),
        rules(key),
        configuration.variables(key + "env"),
        duration(key + "timeout"),
        duration(key + "idle_timeout"));
  }

  private Optional<List<McpServer>> servers(String key) {
    return named(key + "mcp", equipment::servers);
  }

  private Optional<Map<String, Path>> skills(String key) {
    return named(key + "skills", equipment::skills);
  }

  private <T> Optional<T> named(String key, Function<List<String>, T> of) {
    return configuration
        .setting(key)
        .map(setting -> {
          try {
            return of.apply(configuration.list(key));
          } catch (IllegalArgumentException e) {
            throw new BadConfiguration(
                "%s: '%s': %s".formatted(setting.origin(), key, e.getMessage()));
          }
        });
  }

  private static BadConfiguration wrong(Setting setting, String expected) {
    return new BadConfiguration(
        "%s: '%s' must be %s, found %s"
            .formatted(setting.origin(), setting.key(), expected, setting.value()));
  }
}
