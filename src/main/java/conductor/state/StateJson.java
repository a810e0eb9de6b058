package conductor.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * JSON as people and programs outside read it: keys in snake case, enums in lower case, times in
 * ISO-8601.
 */
public final class StateJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
          .addModule(
              new SimpleModule()
                  .addSerializer(Path.class, ToStringSerializer.instance)
                  .addDeserializer(Path.class, new Paths()))
          .build();

  /** A path as plain text. */
  private static final class Paths extends StdDeserializer<Path> {
    Paths() {
      super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser parser, DeserializationContext context) {
      return Path.of(parser.getString());
    }
  }

  private StateJson() {}

  /** One line. */
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Several lines with a newline at the end, for files that people open. */
  public static String pretty(Object value) {
    return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value)
        + "\n";
  }

  /** The JSON tree of a value: maps, lists, text, numbers, booleans and null. */
  public static Object tree(Object value) {
    return MAPPER.convertValue(value, Object.class);
  }

  /** A value of a text that one of these files held. */
  public static <T> T parse(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }

  /**
   * Reads a file of a known shape.
   *
   * @throws UnreadableState when it is not of that shape, or of a newer format
   */
  public static <T> T read(Path file, Class<T> type, int format) {
    try {
      return of(file, Files.readAllBytes(file), type, format);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file that need not be there, and may go at any time.
   *
   * @return empty when it is not there
   * @throws UnreadableState when it is not of that shape, or of a newer format
   */
  public static <T> Optional<T> find(Path file, Class<T> type, int format) {
    try {
      return Optional.of(of(file, Files.readAllBytes(file), type, format));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static <T> T of(Path file, byte[] content, Class<T> type, int format) {
    try {
      var tree = MAPPER.readTree(content);
      int found = tree.path("v").asInt(1);
      if (found > format) {
        throw new UnreadableState(
            "%s is of format %d, this version knows up to %d; use a newer conductor"
                .formatted(file, found, format));
      }
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new UnreadableState(file + " cannot be read: " + e.getOriginalMessage());
    }
  }
}
