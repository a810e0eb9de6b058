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
 */
public record AgentChoice(
    @Nullable String agent,
    @Nullable String profile,
    @Nullable String model,
    @Nullable String effort) {

  /** The names of what a map may say. */
  public static final List<String> PARTS = List.of("agent", "profile", "model", "effort");

  /** Leaves all to the default agent and its configuration. */
  public static final AgentChoice DEFAULT = new AgentChoice(null, null, null, null);

  public static AgentChoice named(String agent) {
    return new AgentChoice(agent, null, null, null);
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
        text(parts, "agent"), text(parts, "profile"), text(parts, "model"), text(parts, "effort"));
  }

  private static @Nullable String text(Map<?, ?> parts, String key) {
    Object value = parts.get(key);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw new IllegalArgumentException("its '%s' must be a text".formatted(key));
    }
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  /** Returns the choice with what is said beside it, which comes before it; null says nothing. */
  public AgentChoice with(
      @Nullable String otherAgent, @Nullable String otherProfile, @Nullable String otherModel) {
    return new AgentChoice(
        otherAgent == null ? agent : otherAgent,
        otherProfile == null ? profile : otherProfile,
        otherModel == null ? model : otherModel,
        effort);
  }

  /** Returns what is said in words, such as {@code codex, effort high}; empty for the default. */
  @Override
  public String toString() {
    return Stream.of(
            said("", agent),
            said("profile ", profile),
            said("model ", model),
            said("effort ", effort))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String said(String what, @Nullable String value) {
    return value == null ? "" : what + value;
  }
}
