package conductor.handlers.agent;

import conductor.config.SkillFiles;
import conductor.effect.AgentChoice;
import conductor.effect.AgentFailure;
import conductor.effect.vocabulary.Nearest;
import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.known.KnownAgents;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Equipment.McpServer;
import conductor.handlers.agent.protocol.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The catalogue of agent types that can be run: those of the configuration and the known programs
 * on the PATH. Immutable.
 *
 * @param configured the settings of the configured types, by name
 * @param profiles the configured profiles, by name
 * @param preferred the type used when a script names none
 * @param path the directories that programs are looked for in
 * @param project the root of the checkout, whose worktrees have the programs with relative paths
 * @param equipment the MCP servers and skills that agents can be given
 * @param environment the host's variables, which servers may refer to
 */
public record AgentCatalog(
    SortedMap<String, AgentSettings> configured,
    SortedMap<String, AgentSettings.Profile> profiles,
    Optional<String> preferred,
    List<Path> path,
    Path project,
    ConfiguredEquipment equipment,
    Map<String, String> environment) {

  /** Returns the types that can be run: the configured ones, then the known programs found. */
  public List<String> types() {
    var types = new ArrayList<>(configured.keySet());
    known().stream().filter(type -> !types.contains(type)).forEach(types::add);
    return types;
  }

  private List<String> known() {
    return KnownAgents.all().stream()
        .filter(agent -> find(agent.program()).isPresent())
        .map(KnownAgent::name)
        .toList();
  }

  private AgentSettings.Profile profile(String name) {
    AgentSettings.Profile profile = profiles.get(name);
    if (profile == null) {
      throw new AgentFailure.AgentUnavailable(
          name, "there is no such profile" + offered(name, profiles.keySet()));
    }
    return profile;
  }

  private static String offered(String name, Collection<String> names) {
    String all = names.isEmpty() ? "is none" : "are " + String.join(", ", names);
    return Nearest.hint(name, names) + "; there " + all;
  }

  /**
   * Returns the settings of an agent: those of its type, changed by the profile, then by what the
   * choice says itself. A choice without an agent means that of the profile, or the default one.
   *
   * @throws AgentFailure.AgentUnavailable when the type or profile is unknown, the program is
   *     missing, no type or several types are possible, or the program cannot be given what the
   *     settings say
   */
  public AgentSettings settings(AgentChoice who) {
    Optional<AgentSettings.Profile> profile = Optional.ofNullable(who.profile()).map(this::profile);
    String type =
        Optional.ofNullable(who.agent())
            .or(() -> profile.flatMap(AgentSettings.Profile::agent))
            .orElseGet(this::defaultType);
    AgentSettings settings = ofType(type);
    try {
      return able(profile.map(settings::under).orElse(settings).with(who, equipment));
    } catch (IllegalArgumentException e) {
      throw new AgentFailure.AgentUnavailable(type, String.valueOf(e.getMessage()));
    }
  }

  /** Returns settings of a program that can be given what they say. */
  private AgentSettings able(AgentSettings settings) {
    Protocol protocol = settings.protocol();
    var lacking = settings.wanted();
    lacking.removeAll(protocol == null ? Set.of() : protocol.takes());
    if (!lacking.isEmpty()) {
      String able =
          KnownAgents.all().stream()
              .filter(known -> known.protocol().takes().containsAll(lacking))
              .map(KnownAgent::name)
              .collect(Collectors.joining(", "));
      String keys = lacking.stream().map(AgentCatalog::key).collect(Collectors.joining("' and '"));
      throw new AgentFailure.AgentUnavailable(
          settings.type(),
          "it cannot be given '%s'; leave that out, or choose one of %s".formatted(keys, able));
    }
    for (McpServer server : settings.equipment().servers()) {
      ConfiguredEquipment.unset(server, environment)
          .ifPresent(wrong -> {
            throw new AgentFailure.AgentUnavailable(settings.type(), wrong);
          });
    }
    settings
        .equipment()
        .skills()
        .forEach((name, directory) -> {
          if (!SkillFiles.holdsSome(directory)) {
            throw new AgentFailure.AgentUnavailable(
                settings.type(),
                "%s, which is to be a directory of skills, has no directory with a SKILL.md; correct skills.%s"
                    .formatted(directory, name));
          }
        });
    return settings;
  }

  private static String key(Equipment.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the type used when a script names none: the preferred one, or else the only one.
   *
   * @throws AgentFailure.AgentUnavailable when there is none, or several are possible
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
                .formatted(String.join(", ", KnownAgents.names()))
            : "found %s; choose one with --agent, or write 'agent: %s' to .conductor/config.yaml"
                .formatted(String.join(", ", types), types.getFirst());
    throw new AgentFailure.AgentUnavailable("default", reason);
  }

  /**
   * Returns the settings of a type.
   *
   * @throws AgentFailure.AgentUnavailable when the type is unknown, its program is missing, or
   *     cannot be given what the settings say
   */
  public AgentSettings settings(String type) {
    return settings(AgentChoice.named(type));
  }

  private AgentSettings ofType(String type) {
    AgentSettings settings = configured.get(type);
    if (settings == null) {
      settings =
          KnownAgents.named(type)
              .filter(known -> find(known.program()).isPresent())
              .map(AgentSettings::of)
              .orElseThrow(() -> new AgentFailure.AgentUnavailable(type, unknown(type)));
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
    return KnownAgents.named(type).isPresent()
        ? "its program is not on the PATH; install it, or set agents.%s.program".formatted(type)
        : "it is not configured" + offered(type, types());
  }

  /** Returns a program's executable file, from the PATH unless the name has a slash. */
  public Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(project.resolve(program)).filter(Files::isExecutable);
    }
    return path.stream()
        .map(directory -> directory.resolve(program))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
        .findFirst();
  }
}
