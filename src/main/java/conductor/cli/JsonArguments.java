package conductor.cli;

import conductor.state.JsonReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads JSON and YAML given on the command line, as text or {@code @FILE}. */
public final class JsonArguments {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonArguments() {}

  /**
   * Returns the JSON object that an option gives.
   *
   * @param given the text, or {@code @} and a file, which may be relative to the directory
   * @throws UsageError when it is none; tells the place
   */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> object(String option, String given, Path directory) {
    String text =
        given.startsWith("@") ? file(option, directory.resolve(given.substring(1))) : given;
    try {
      Object value = JSON.readValue(text, Object.class);
      if (value instanceof Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
      }
      throw new UsageError(
          "%s must be a JSON object such as {\"rounds\": 3}, found %s".formatted(option, text));
    } catch (JacksonException e) {
      throw new UsageError(
          "%s is not JSON: %s, at line %d, column %d of: %s"
              .formatted(option, JsonReason.of(e), JsonReason.line(e), JsonReason.column(e), text));
    }
  }

  /**
   * Returns the keys and values of a file in YAML or JSON.
   *
   * @throws UsageError when it has none; tells the place
   */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> yaml(String option, Path path) {
    String text = file(option, path);
    try {
      Object value = new YAMLMapper().readValue(text, Object.class);
      if (value instanceof Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
      }
      throw new UsageError("%s: expected keys and values, found %s".formatted(path, value));
    } catch (JacksonException e) {
      throw new UsageError(
          "%s:%d:%d: %s"
              .formatted(path, JsonReason.line(e), JsonReason.column(e), JsonReason.of(e)));
    }
  }

  private static String file(String option, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UsageError("%s names the file %s, which cannot be read".formatted(option, file));
    }
  }
}
