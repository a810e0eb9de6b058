package conductor.handlers.agent;

import conductor.effect.AgentChoice;
import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Equipment.McpServer;
import conductor.handlers.agent.protocol.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings with which agents of a type are run.
 *
 * @param type the name that scripts use
 * @param key the key of the settings in the configuration, such as {@code agents.claude}
 * @param command the program and its arguments
 * @param protocol the protocol that the program speaks; null for a program that is started for each
 *     turn, with the prompt on its standard input and the answer on its standard output
 * @param script the file that plays the agent; null for a program
 * @param env variables that are added to the environment
 * @param passEnv names of further variables of the host that are passed on
 * @param limits the time limits and retries of turns
 * @param model the model's name in the program; null for the program's default
 * @param mode the program's permission mode, by its name there; null for the protocol's default
 * @param effort the reasoning effort, by its name in the program; null for the program's default
 * @param rules what the agent may do, and what a person is asked
 * @param equipment what the agent is given besides
 */
public record AgentSettings(
    String type,
    String key,
    List<String> command,
    @Nullable Protocol protocol,
    @Nullable Path script,
    Map<String, String> env,
    List<String> passEnv,
    Limits limits,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String effort,
    Rules rules,
    Equipment equipment) {

  public AgentSettings {
    command = List.copyOf(command);
    env = Map.copyOf(env);
    passEnv = List.copyOf(passEnv);
  }

  /**
   * The time limits and retries of turns.
   *
   * @param timeout the longest a turn may take
   * @param idleTimeout the longest time without output or changed files
   * @param retries how often a turn is tried again when the vendor is overloaded
   * @param backoff the pause before the first retry; each further pause is twice as long
   * @param waitsForLimits whether a turn waits until a rate limit is reset, or fails
   */
  public record Limits(
      Duration timeout,
      Duration idleTimeout,
      int retries,
      Duration backoff,
      boolean waitsForLimits) {

    /** The limits used when nothing is configured. */
    public static final Limits USUAL =
        new Limits(Duration.ofHours(1), Duration.ofMinutes(10), 5, Duration.ofSeconds(10), true);
  }

  static AgentSettings of(KnownAgent agent) {
    return new AgentSettings(
        agent.name(),
        "agents." + agent.name(),
        List.of(agent.program()),
        agent.protocol(),
        null,
        Map.of(),
        List.of(),
        Limits.USUAL,
        null,
        null,
        null,
        Rules.USUAL,
        Equipment.NONE);
  }

  /** Returns the name of the program's protocol, or {@code command} when it has none. */
  public String speech() {
    return protocol == null ? "command" : protocol.name();
  }

  /** Returns the settings with the model, the effort and the equipment that a choice says. */
  AgentSettings with(AgentChoice who, ConfiguredEquipment configured) {
    return new AgentSettings(
            type,
            key,
            command,
            protocol,
            script,
            env,
            passEnv,
            limits,
            who.model() == null ? model : who.model(),
            mode,
            who.effort() == null ? effort : who.effort(),
            rules,
            equipment)
        .given(
            new Equipment(
                who.system() == null ? equipment.system() : who.system(),
                who.mcp() == null ? equipment.servers() : configured.servers(who.mcp()),
                who.skills() == null ? equipment.skills() : configured.skills(who.skills())));
  }

  /** Returns the settings with other equipment. */
  AgentSettings given(Equipment other) {
    return new AgentSettings(
        type, key, command, protocol, script, env, passEnv, limits, model, mode, effort, rules,
        other);
  }

  AgentSettings under(Profile profile) {
    var all = new TreeMap<>(env);
    all.putAll(profile.env());
    return new AgentSettings(
        type,
        "profiles." + profile.name(),
        command,
        protocol,
        script,
        all,
        passEnv,
        new Limits(
            profile.timeout().orElse(limits.timeout()),
            profile.idleTimeout().orElse(limits.idleTimeout()),
            limits.retries(),
            limits.backoff(),
            limits.waitsForLimits()),
        profile.model().orElse(model),
        profile.mode().orElse(mode),
        profile.effort().orElse(effort),
        profile.rules().orElse(rules),
        new Equipment(
            profile.system().orElse(equipment.system()),
            profile.servers().orElse(equipment.servers()),
            profile.skills().orElse(equipment.skills())));
  }

  /** Returns what the program would have to take of effort and equipment. */
  Set<Equipment.Kind> wanted() {
    var wanted = EnumSet.noneOf(Equipment.Kind.class);
    if (effort != null) {
      wanted.add(Equipment.Kind.EFFORT);
    }
    if (equipment.system() != null) {
      wanted.add(Equipment.Kind.SYSTEM);
    }
    if (!equipment.servers().isEmpty()) {
      wanted.add(Equipment.Kind.MCP);
    }
    if (!equipment.skills().isEmpty()) {
      wanted.add(Equipment.Kind.SKILLS);
    }
    return wanted;
  }

  /**
   * A profile, {@code profiles.<name>} in the configuration: settings that override those of a
   * type.
   *
   * @param agent the type to use when a script names only the profile
   */
  public record Profile(
      String name,
      Optional<String> agent,
      Optional<String> model,
      Optional<String> mode,
      Optional<String> effort,
      Optional<String> system,
      Optional<List<McpServer>> servers,
      Optional<Map<String, Path>> skills,
      Optional<Rules> rules,
      Map<String, String> env,
      Optional<Duration> timeout,
      Optional<Duration> idleTimeout) {
    public Profile {
      env = Map.copyOf(env);
    }
  }
}
