package conductor.effect;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which agent does something, and with which settings. Scripts write an agent's name, or a map with
 * these components; what is null is left to the profile, then to the agent's configuration.
 *
 * @param agent the agent's name in the configuration; null for that of the profile, or the default
 * @param profile a profile of the configuration
 * @param model the model, as the agent names it
 * @param effort the reasoning effort, as the agent names it
 * @param system text that is added to the agent's own system prompt
 * @param mcp the MCP servers that the agent gets, by their names in the configuration
 * @param skills the directories of skills, by their names in the configuration
 */
public record AgentChoice(
    @Nullable String agent,
    @Nullable String profile,
    @Nullable String model,
    @Nullable String effort,
    @Nullable String system,
    @Nullable List<String> mcp,
    @Nullable List<String> skills) {

  /** The names of what a map may say. */
  public static final List<String> PARTS =
      List.of("agent", "profile", "model", "effort", "system", "mcp", "skills");

  /** Leaves all to the default agent and its configuration. */
  public static final AgentChoice DEFAULT =
      new AgentChoice(null, null, null, null, null, null, null);

  public AgentChoice {
    mcp = mcp == null ? null : List.copyOf(mcp);
    skills = skills == null ? null : List.copyOf(skills);
  }

  public static AgentChoice named(String agent) {
    return DEFAULT.with(agent, null, null);
  }

  /**
   * Returns the choice that a map says; an entry that is null says nothing.
   *
   * @throws IllegalArgumentException for an unknown key, or a value that is no text
   */
  public static AgentChoice of(Map<?, ?> parts) {
    var unknown = new TreeSet<String>();
    parts.keySet().stream()
        .map(String::valueOf)
        .filter(key -> !PARTS.contains(key))
        .forEach(unknown::add);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no '%s'; it has %s"
              .formatted(String.join("', '", unknown), String.join(", ", PARTS)));
    }
    return new AgentChoice(
        text(parts, "agent"),
        text(parts, "profile"),
        text(parts, "model"),
        text(parts, "effort"),
        text(parts, "system"),
        names(parts, "mcp"),
        names(parts, "skills"));
  }

  private static @Nullable String text(Map<?, ?> parts, String key) {
    Object value = parts.get(key);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw new IllegalArgumentException("its '%s' must be a text".formatted(key));
    }
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  /** Returns names, of a list or of a text with commas between them. */
  private static @Nullable List<String> names(Map<?, ?> parts, String key) {
    Object value = parts.get(key);
    return switch (value) {
      case null -> null;
      case List<?> names when names.stream().allMatch(String.class::isInstance) ->
          names.stream().map(String::valueOf).toList();
      case String names ->
          Stream.of(names.split(",", -1)).map(String::strip).filter(one -> !one.isEmpty()).toList();
      default ->
          throw new IllegalArgumentException(
              "its '%s' must be a list of names, which the configuration has below '%s'"
                  .formatted(key, key));
    };
  }

  /** Returns the choice with what is said beside it, which comes before it; null says nothing. */
  public AgentChoice with(
      @Nullable String otherAgent, @Nullable String otherProfile, @Nullable String otherModel) {
    return new AgentChoice(
        otherAgent == null ? agent : otherAgent,
        otherProfile == null ? profile : otherProfile,
        otherModel == null ? model : otherModel,
        effort,
        system,
        mcp,
        skills);
  }

  /** Returns what is said in words, such as {@code codex, effort high}; empty for the default. */
  @Override
  public String toString() {
    return Stream.of(
            said("", agent),
            said("profile ", profile),
            said("model ", model),
            said("effort ", effort),
            system == null ? "" : "a system prompt",
            mcp == null || mcp.isEmpty() ? "" : "mcp " + String.join(" ", mcp),
            skills == null || skills.isEmpty() ? "" : "skills " + String.join(" ", skills))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String said(String what, @Nullable String value) {
    return value == null ? "" : what + value;
  }
}
