package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Determines how the settings of an opening are made with what an agent offers: modes and models in
 * lists of their own, which is the older form, or any setting as a configuration option.
 *
 * @param offer the agent's answer to the opening of the session
 */
record AcpSettings(String session, JsonNode offer) {

  /** A setting that the opening asks for. */
  sealed interface Setting {}

  /**
   * A request that makes a setting.
   *
   * @param about the setting in words
   * @param id the id of the request
   */
  record Makes(String about, String id, String method, ObjectNode params) implements Setting {}

  /** A setting that the agent does not offer. */
  record Lacks(String why) implements Setting {}

  List<Setting> of(Opening opening) {
    var settings = new ArrayList<Setting>();
    mode(opening.mode()).ifPresent(settings::add);
    model(opening.model()).ifPresent(settings::add);
    effort(opening.effort()).ifPresent(settings::add);
    return settings;
  }

  /** A mode that is not offered is not tried: it decides what the agent may do. */
  private Optional<Setting> mode(@Nullable String mode) {
    if (mode == null) {
      return Optional.empty();
    }
    List<String> listed = listed("modes", "availableModes", "id");
    if (listed.contains(mode)) {
      return Optional.of(makes("mode", mode, "session/set_mode", "modeId"));
    }
    Optional<JsonNode> option = option("mode");
    List<String> values = option.map(AcpSettings::values).orElse(List.of());
    return Optional.of(
        values.contains(mode)
            ? sets("mode", mode, option.orElseThrow())
            : lacks("mode", mode, Stream.concat(listed.stream(), values.stream()).toList()));
  }

  /** A model that is not listed is tried: agents know more models than they list. */
  private Optional<Setting> model(@Nullable String model) {
    if (model == null) {
      return Optional.empty();
    }
    List<String> listed = listed("models", "availableModels", "modelId");
    Optional<JsonNode> option = option("model");
    if (listed.contains(model) || (option.isEmpty() && !listed.isEmpty())) {
      return Optional.of(makes("model", model, "session/set_model", "modelId"));
    }
    return Optional.of(
        option
            .<Setting>map(found -> sets("model", model, found))
            .orElseGet(() -> lacks("model", model, List.of())));
  }

  private Optional<Setting> effort(@Nullable String effort) {
    return effort == null
        ? Optional.empty()
        : Optional.of(
            option("thought_level")
                .<Setting>map(found -> sets("effort", effort, found))
                .orElseGet(() -> lacks("effort", effort, List.of())));
  }

  private Makes makes(String about, String value, String method, String member) {
    ObjectNode params = Lines.object().put("sessionId", session).put(member, value);
    return new Makes(about + " '" + value + "'", about, method, params);
  }

  private Makes sets(String about, String value, JsonNode option) {
    Makes sets = makes(about, value, "session/set_config_option", "value");
    sets.params().put("configId", Lines.text(option, "id"));
    return sets;
  }

  private static Lacks lacks(String about, String value, List<String> offered) {
    return new Lacks(
        "the agent offers no "
            + about
            + " '"
            + value
            + "'; it offers "
            + (offered.isEmpty() ? "none" : String.join(", ", offered)));
  }

  private List<String> listed(String group, String list, String member) {
    return offer
        .path(group)
        .path(list)
        .valueStream()
        .map(entry -> Lines.text(entry, member))
        .toList();
  }

  private Optional<JsonNode> option(String category) {
    return offer
        .path("configOptions")
        .valueStream()
        .filter(option -> Lines.text(option, "category").equals(category))
        .findFirst();
  }

  /** Returns the values of an option, also those in groups. */
  private static List<String> values(JsonNode option) {
    return option
        .path("options")
        .valueStream()
        .flatMap(entry -> entry.has("options") ? values(entry).stream() : Stream.of(value(entry)))
        .toList();
  }

  private static String value(JsonNode entry) {
    return Lines.text(entry, "value");
  }
}
