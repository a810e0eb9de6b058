package conductor.handlers.agent.protocol;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses and composes lines of JSON. Parsing is lenient, because programs also print other lines.
 */
public final class Lines {

  private static final int CLIPPED = 2000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** What agent programs take for the beginning of a command. */
  private static final Pattern COMMAND = Pattern.compile("[\\s\\p{Z}\\uFEFF]*+[/$]");

  private Lines() {}

  /** Returns the JSON object of a line; empty for other text, broken JSON and other JSON values. */
  public static Optional<ObjectNode> parse(String line) {
    return line.stripLeading().startsWith("{")
        ? value(line).map(ObjectNode.class::cast)
        : Optional.empty();
  }

  /** Parses a text as one JSON value; empty when it is not valid JSON. */
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

  /** Returns a member that is a text; an empty text when it is missing or of another type. */
  public static String text(JsonNode object, String member) {
    return object.path(member).stringValue("");
  }

  public static String clipped(String text) {
    return text.length() <= CLIPPED ? text : text.substring(0, CLIPPED) + "…";
  }

  /**
   * Returns a prompt, with a guard in front if it looks like a command, so that it reaches the
   * model.
   *
   * @param guard characters that the program does not skip when it looks for commands
   */
  public static String guarded(String prompt, String guard) {
    return COMMAND.matcher(prompt).lookingAt() ? guard + prompt : prompt;
  }

  /** Joins the lines of a text to one line, with a visible sign between them. */
  public static String oneLine(String text) {
    return text.strip()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" ⏎ "));
  }
}
