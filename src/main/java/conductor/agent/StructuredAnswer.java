package conductor.agent;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the JSON value in an agent's answer and holds it against a schema. */
final class StructuredAnswer {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Pattern FENCED =
      Pattern.compile("```(?:json)?\\s*\\n(.*?)```", Pattern.DOTALL);
  private static final int PROBLEMS = 5;

  private final String text;
  private final Schema schema;

  /**
   * @param format a map, a file's path, or JSON text
   * @param project what a relative path is relative to
   * @throws IllegalArgumentException when it is no schema
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

  /** The schema as JSON text. */
  String schema() {
    return text;
  }

  /**
   * A value that fits, or what is wrong.
   *
   * @param problem null when the value fits
   */
  record Checked(@Nullable Object value, @Nullable String problem) {}

  /** Looks for the value in an answer. */
  Checked check(String answer) {
    Optional<JsonNode> found = candidates(answer).stream().flatMap(this::parsed).findFirst();
    if (found.isEmpty()) {
      return new Checked(null, "there is no JSON value in the answer");
    }
    List<Error> errors = schema.validate(found.get());
    return errors.isEmpty()
        ? new Checked(JSON.treeToValue(found.get(), Object.class), null)
        : new Checked(null, problems(errors));
  }

  private static String problems(List<Error> errors) {
    return errors.stream()
        .limit(PROBLEMS)
        .map(error -> (error.getInstanceLocation() + ": " + error.getMessage()).strip())
        .collect(Collectors.joining("; "));
  }

  /** All of it, then the last fenced block, then from the first bracket to the last one. */
  private static List<String> candidates(String answer) {
    var candidates = new ArrayList<String>();
    candidates.add(answer.strip());
    var fenced = new ArrayList<String>();
    Matcher block = FENCED.matcher(answer);
    while (block.find()) {
      fenced.add(block.group(1).strip());
    }
    Collections.reverse(fenced);
    candidates.addAll(fenced);
    between(answer, '{', '}').ifPresent(candidates::add);
    between(answer, '[', ']').ifPresent(candidates::add);
    return candidates;
  }

  private static Optional<String> between(String answer, char open, char close) {
    int start = answer.indexOf(open);
    int end = answer.lastIndexOf(close);
    return start >= 0 && end > start
        ? Optional.of(answer.substring(start, end + 1))
        : Optional.empty();
  }

  private java.util.stream.Stream<JsonNode> parsed(String candidate) {
    try {
      JsonNode node = JSON.readTree(candidate);
      return node.isMissingNode()
          ? java.util.stream.Stream.empty()
          : java.util.stream.Stream.of(node);
    } catch (JacksonException e) {
      return java.util.stream.Stream.empty();
    }
  }
}
