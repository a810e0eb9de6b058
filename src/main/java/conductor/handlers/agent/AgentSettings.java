package conductor.handlers.agent;

import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.protocol.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How agents of a type are run.
 *
 * @param type the name scripts use
 * @param key where the settings stand in the configuration, such as {@code agents.claude}
 * @param command the program and its arguments
 * @param protocol how the program converses; null for one that gets its prompt on standard input
 *     and answers on standard output, once a turn
 * @param script the file that plays the agent; null for a program
 * @param env variables that are added
 * @param passEnv names of the host's variables that are handed on
 * @param limits how long turns may take
 * @param model the model, as the program names it; null for its default
 * @param mode how freely the program works, as it names it; null for the protocol's default
 * @param effort how hard it thinks, as it names it; null for its default
 * @param rules what it may do, and what a person is asked
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
    Rules rules) {

  public AgentSettings {
    command = List.copyOf(command);
    env = Map.copyOf(env);
    passEnv = List.copyOf(passEnv);
  }

  /**
   * How long things may take.
   *
   * @param timeout the longest a turn may take
   * @param idleTimeout the longest it may be silent
   * @param retries how often a turn is tried again when the vendor has no room
   * @param backoff how long it is waited before the first of them; twice as long before each next
   * @param waitsForLimits whether a rate limit is waited for, or fails the turn
   */
  public record Limits(
      Duration timeout,
      Duration idleTimeout,
      int retries,
      Duration backoff,
      boolean waitsForLimits) {

    /** What holds when nothing is set. */
    public static final Limits USUAL =
        new Limits(Duration.ofHours(1), Duration.ofMinutes(10), 5, Duration.ofSeconds(10), true);
  }

  /** Returns the settings of a program of which nothing is set. */
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
        Rules.USUAL);
  }

  /**
   * Returns how the program converses, for people: the name of its protocol, or {@code command}.
   */
  public String speech() {
    return protocol == null ? "command" : protocol.name();
  }

  /** The same with another model; null changes nothing. */
  AgentSettings withModel(@Nullable String other) {
    return other == null
        ? this
        : new AgentSettings(
            type, key, command, protocol, script, env, passEnv, limits, other, mode, effort, rules);
  }

  /** The same under a profile: what it sets wins. */
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
        profile.rules().orElse(rules));
  }

  /**
   * Settings under a name of their own: {@code profiles.<name>}.
   *
   * @param agent the type that it is for
   */
  public record Profile(
      String name,
      Optional<String> agent,
      Optional<String> model,
      Optional<String> mode,
      Optional<String> effort,
      Optional<Rules> rules,
      Map<String, String> env,
      Optional<Duration> timeout,
      Optional<Duration> idleTimeout) {
    public Profile {
      env = Map.copyOf(env);
    }
  }
}
