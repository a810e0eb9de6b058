package conductor.run.execution;

import conductor.config.Configuration;
import conductor.config.Setting;
import conductor.effect.AgentChoice;
import conductor.effect.AgentFailure;
import conductor.effect.Coercion;
import conductor.effect.vocabulary.Nearest;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentSettings;
import conductor.handlers.agent.Login;
import conductor.script.BadParameters;
import conductor.script.ScriptInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roles of agents: the parameter {@code agents} of a workflow, a map from a role to an agent's
 * name or to a map as {@link AgentChoice} has it.
 *
 * @param catalog the agents that can be run
 * @param environment the host's, in which the login of an agent may be
 */
record AgentRoles(
    Configuration configuration, AgentCatalog catalog, Map<String, String> environment) {

  private static final String PARAMETER = "agents";
  private static final String WRITER = "writer";
  private static final String REVIEWER = "reviewer";
  private static final List<String> ROLES =
      List.of(WRITER, REVIEWER, "tester", "resolver", "judge");

  /** Returns whether a workflow takes agents by role. */
  static boolean takenBy(ScriptInfo info) {
    return info.parameters().stream()
        .anyMatch(one -> one.name().equals(PARAMETER) && one.type().startsWith("Map"));
  }

  /**
   * Returns the roles of the configuration as settings of the parameter. Where two agents or more
   * are configured, or found with a login, and nobody says who reviews, it is another one than who
   * writes. Where there is no usual agent either, the first of them writes.
   *
   * @param given the workflow's parameters as given
   */
  Map<String, String> settings(Map<String, ? extends @Nullable Object> given) {
    var settings = new TreeMap<String, String>();
    configuration.settings().stream()
        .filter(setting -> setting.key().startsWith("roles."))
        .forEach(setting ->
            settings.put(
                PARAMETER + setting.key().substring("roles".length()),
                setting.value() instanceof List<?> names
                    ? names.stream().map(String::valueOf).collect(Collectors.joining(","))
                    : String.valueOf(setting.value())));
    boolean said = isSaid(WRITER, given, settings);
    Optional<String> writer =
        writer(given, settings).or(() -> said ? Optional.empty() : usable().findFirst());
    if (!isSaid(REVIEWER, given, settings) && writer.isPresent() && !byFlag()) {
      usable()
          .filter(type -> !type.equals(writer.get()))
          .findFirst()
          .ifPresent(one -> {
            settings.put(PARAMETER + "." + REVIEWER, one);
            if (!said) {
              settings.put(PARAMETER + "." + WRITER, writer.get());
            }
          });
    }
    return settings;
  }

  private static boolean isSaid(
      String role, Map<String, ? extends @Nullable Object> given, Map<String, String> settings) {
    String key = PARAMETER + "." + role;
    return Stream.concat(given.keySet().stream(), settings.keySet().stream())
            .anyMatch(one -> one.equals(key) || one.startsWith(key + "."))
        || (given.get(PARAMETER) instanceof Map<?, ?> agents && agents.containsKey(role));
  }

  /** Returns the agent that writes; empty when none is named and there is no usual one. */
  private Optional<String> writer(
      Map<String, ? extends @Nullable Object> given, Map<String, String> settings) {
    Object all = given.get(PARAMETER);
    Object direct = given.get(PARAMETER + "." + WRITER);
    Object within = all instanceof Map<?, ?> agents ? agents.get(WRITER) : null;
    Object writer = direct != null ? direct : within;
    return writer != null
        ? agent(writer)
        : Optional.ofNullable(settings.get(PARAMETER + "." + WRITER)).or(catalog::preferred);
  }

  /** Returns whether the usual agent was given for this run, which then does all. */
  private boolean byFlag() {
    return configuration
        .setting("agent")
        .map(Setting::origin)
        .filter(origin -> !origin.contains("/"))
        .isPresent();
  }

  /** Returns the agents that can be taken though nobody says so, the configured ones first. */
  private Stream<String> usable() {
    return catalog.types().stream().filter(this::runs);
  }

  /** Returns whether an agent can be run; one that is only found must be logged in too. */
  private boolean runs(String type) {
    try {
      AgentSettings settings = catalog.settings(type);
      return catalog.configured().containsKey(type) || Login.of(settings, environment).isPresent();
    } catch (AgentFailure.AgentUnavailable e) {
      return false;
    }
  }

  /**
   * Checks who does what before anything runs.
   *
   * @return the agent that writes, which is the usual one when no other is; empty when none is
   *     named
   * @throws BadParameters for a role that there is none of, or that is said in another way
   * @throws AgentFailure.AgentUnavailable when an agent cannot be run
   */
  Optional<String> check(Map<String, ? extends @Nullable Object> params) {
    if (!(params.get(PARAMETER) instanceof Map<?, ?> agents)) {
      return Optional.empty();
    }
    agents.forEach((role, who) -> check(String.valueOf(role), who));
    return agent(agents.get(WRITER));
  }

  private void check(String role, @Nullable Object who) {
    if (!ROLES.contains(role)) {
      throw new BadParameters(
          "there is no role '%s'%s; there are %s"
              .formatted(role, Nearest.hint(role, ROLES), String.join(", ", ROLES)));
    }
    if (!(who instanceof Map<?, ?>) && !(who instanceof String name && !name.isBlank())) {
      throw new BadParameters(
          "the role '%s' is an agent's name, or a map with %s, found '%s'"
              .formatted(role, String.join(", ", AgentChoice.PARTS), who));
    }
    AgentChoice choice = choice(role, who);
    if (choice.agent() != null || choice.profile() != null || catalog.preferred().isPresent()) {
      catalog.settings(choice);
    }
  }

  private static AgentChoice choice(String role, Object who) {
    if (who instanceof Map<?, ?> parts) {
      for (Object part : parts.keySet()) {
        if (!AgentChoice.PARTS.contains(String.valueOf(part))) {
          throw new BadParameters(
              "the role '%s' has no '%s'%s; it has %s, and a profile has the rest"
                  .formatted(
                      role,
                      part,
                      Nearest.hint(String.valueOf(part), AgentChoice.PARTS),
                      String.join(", ", AgentChoice.PARTS)));
        }
      }
    }
    try {
      return (AgentChoice) Coercion.to(AgentChoice.class, who);
    } catch (IllegalArgumentException e) {
      throw new BadParameters("the role '%s': %s".formatted(role, e.getMessage()));
    }
  }

  private static Optional<String> agent(@Nullable Object who) {
    return Optional.ofNullable(who instanceof Map<?, ?> parts ? parts.get("agent") : who)
        .map(String::valueOf);
  }
}
