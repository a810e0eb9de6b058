package conductor.handlers.agent;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the JSON value in an agent's answer and validates it against a schema. */
public final class StructuredAnswer {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final JsonMapper PART =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int PROBLEMS = 5;

  private final String text;
  private final Schema schema;

  /**
   * @param format the schema as a map, the path of a file, or JSON text
   * @param project the directory that a path is relative to
   * @throws IllegalArgumentException when the format is not a JSON object or cannot be read
   */
  StructuredAnswer(Object format, Path project) {
    this.text = text(format, project);
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw new IllegalArgumentException("output_format must be a JSON schema, found " + text);
      }
      this.schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(node);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("output_format is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(Object format, Path project) {
    if (!(format instanceof CharSequence) && !(format instanceof Path)) {
      return JSON.writeValueAsString(format);
    }
    String given = format.toString();
    if (given.stripLeading().startsWith("{")) {
      return given;
    }
    try {
      return Files.readString(project.resolve(given));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "output_format names the file '%s', which cannot be read".formatted(given), e);
    }
  }

  /**
   * Returns what is wrong with a value that an agent is to give; empty when it fits.
   *
   * @param schema the schema as a map
   * @throws IllegalArgumentException when it is no schema
   */
  public static Optional<String> problem(Map<?, ?> schema, @Nullable Object value) {
    List<Error> errors =
        new StructuredAnswer(schema, Path.of("")).schema.validate(JSON.valueToTree(value));
    return errors.isEmpty() ? Optional.empty() : Optional.of(problems(errors));
  }

  String schema() {
    return text;
  }

  /**
   * A valid value, or what is wrong with the answer.
   *
   * @param problem null when the value is valid
   */
  record Checked(@Nullable Object value, @Nullable String problem) {}

  /**
   * Finds the value in an answer: the whole answer, or else the only valid value in its text.
   * Several different valid values, such as an example beside the answer, are a problem.
   */
  Checked check(String answer) {
    List<JsonNode> found = values(answer);
    if (found.isEmpty()) {
      return new Checked(null, "there is no JSON value in the answer");
    }
    List<JsonNode> fitting =
        found.stream().filter(value -> schema.validate(value).isEmpty()).distinct().toList();
    if (fitting.isEmpty()) {
      return new Checked(null, problems(schema.validate(found.getLast())));
    }
    return fitting.size() == 1
        ? new Checked(JSON.treeToValue(fitting.getFirst(), Object.class), null)
        : new Checked(
            null,
            "there are %d different JSON values in the answer, and it cannot be told which one is meant; answer with that one only"
                .formatted(fitting.size()));
  }

  private static String problems(List<Error> errors) {
    return errors.stream()
        .limit(PROBLEMS)
        .map(error -> (error.getInstanceLocation() + ": " + error.getMessage()).strip())
        .collect(Collectors.joining("; "));
  }

  private static List<JsonNode> values(String answer) {
    try {
      JsonNode all = JSON.readTree(answer.strip());
      return all.isMissingNode() ? List.of() : List.of(all);
    } catch (JacksonException e) {
      return within(answer);
    }
  }

  /** Returns the JSON objects and lists in a text, in their order. */
  private static List<JsonNode> within(String text) {
    var values = new ArrayList<JsonNode>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '{' || text.charAt(at) == '[') {
        at += read(text, at, values);
      } else {
        at++;
      }
    }
    return values;
  }

  /** Reads the value at a position, if one begins there; returns how many characters it has. */
  private static int read(String text, int at, List<JsonNode> values) {
    var from = new StringReader(text);
    try (JsonParser parser = PART.createParser(from)) {
      if (from.skip(at) != at) {
        return text.length();
      }
      values.add(PART.readTree(parser));
      return Math.max(1, (int) parser.currentLocation().getCharOffset());
    } catch (JacksonException | IOException e) {
      return 1; // no JSON begins here
    }
  }
}
