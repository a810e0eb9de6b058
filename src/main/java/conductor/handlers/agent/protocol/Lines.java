package conductor.handlers.agent.protocol;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lines of JSON: read leniently, for programs print other things among them; and composed. */
public final class Lines {

  private static final int CLIPPED = 2000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Lines() {}

  /** Returns the object that a line holds; empty for banners, broken JSON and other values. */
  public static Optional<ObjectNode> parse(String line) {
    return line.stripLeading().startsWith("{")
        ? value(line).map(ObjectNode.class::cast)
        : Optional.empty();
  }

  /** Returns the JSON value that a text is; empty when it is none. */
  public static Optional<JsonNode> value(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Returns a member that is a text; empty where it is missing or something else. */
  public static String text(JsonNode object, String member) {
    return object.path(member).stringValue("");
  }

  /** Returns the beginning of a text. */
  public static String clipped(String text) {
    return text.length() <= CLIPPED ? text : text.substring(0, CLIPPED) + "…";
  }

  /** Returns a text in one line that still shows where its lines ended. */
  public static String oneLine(String text) {
    return text.strip()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" ⏎ "));
  }
}
