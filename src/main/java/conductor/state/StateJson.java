package conductor.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import conductor.state.PlainJson.NotPlain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Reads and writes JSON for people and other programs: keys in snake case, enums in lower case,
 * times in ISO-8601. Not for journals.
 */
public final class StateJson {

  /** Made only where {@link PlainJson} leaves something to it. */
  static final class Mapper {
    static final JsonMapper MAPPER =
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
  }

  private static final class Paths extends StdDeserializer<Path> {
    Paths() {
      super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser parser, DeserializationContext context) {
      return Path.of(parser.getString());
    }
  }

  private static final String ADVICE =
      "; it was not touched. Restore it, or move it away; 'conductor doctor --state' says what can be repaired";

  private StateJson() {}

  /** Returns a value as one line of JSON. */
  public static String line(Object value) {
    try {
      return JsonTrees.text(PlainJson.tree(value), ObjectWriteContext.empty());
    } catch (NotPlain e) {
      return Mapper.MAPPER.writeValueAsString(value);
    }
  }

  /** Returns a value as JSON for people, several lines with a newline at the end. */
  public static String pretty(Object value) {
    try {
      return JsonTrees.text(PlainJson.tree(value), new Indented()) + "\n";
    } catch (NotPlain e) {
      var writer = Mapper.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT);
      return writer.writeValueAsString(value) + "\n";
    }
  }

  /** Makes the generator write several lines. */
  private static final class Indented extends ObjectWriteContext.Base {

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter();
    }
  }

  /** Returns the JSON tree of a value: maps, lists, text, numbers, booleans and null. */
  public static Object tree(Object value) {
    try {
      return Objects.requireNonNull(PlainJson.tree(value));
    } catch (NotPlain e) {
      return Mapper.MAPPER.convertValue(value, Object.class);
    }
  }

  /** Returns the value that JSON text holds, or throws a {@link JacksonException}. */
  public static <T> T parse(String text, Class<T> type) {
    try {
      return PlainJson.read(JsonTrees.parse(text.getBytes(StandardCharsets.UTF_8)), type);
    } catch (NotPlain | JacksonException e) {
      return Mapper.MAPPER.readValue(text, type);
    }
  }

  /** Returns the value of JSON text; empty when the text is no JSON, or is {@code null}. */
  public static Optional<Object> value(String text) {
    try {
      return Optional.ofNullable(
          PlainJson.untyped(JsonTrees.parse(text.getBytes(StandardCharsets.UTF_8))));
    } catch (NotPlain | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Returns whether a file is complete, and not one that is being written. */
  public static boolean isKept(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") && !name.startsWith(".");
  }

  /** Returns the complete files of a directory, sorted by name; none where there is none. */
  public static List<Path> files(Path directory) {
    return FileTree.in(directory).stream().filter(StateJson::isKept).toList();
  }

  /** Reads a file as {@link #find} does, which must not be missing. */
  public static <T> T read(Path file, Class<T> type, int format) {
    return find(file, type, format)
        .orElseThrow(
            () -> cannotRead(file, "it is gone", new NoSuchFileException(file.toString())));
  }

  /**
   * Reads a file that may be missing, and may vanish at any time.
   *
   * @param format the newest format that this version knows
   * @return empty when the file is missing
   * @throws UnreadableState when the file is not of that shape, or of a newer format
   */
  public static <T> Optional<T> find(Path file, Class<T> type, int format) {
    try {
      return Optional.of(of(file.toString(), Files.readAllBytes(file), type, format, ADVICE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw cannotRead(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static UncheckedIOException cannotRead(Path file, String reason, IOException e) {
    return new UncheckedIOException(
        "cannot read %s: %s; restore it, or look with 'conductor doctor --state'"
            .formatted(file, reason),
        e);
  }

  /**
   * Reads a document that is not kept in a file of the state, such as one in an archive.
   *
   * @param name what messages call it
   * @param format the newest format that this version knows
   * @throws UnreadableState when it is not of that shape, or of a newer format
   */
  public static <T> T document(String name, byte[] content, Class<T> type, int format) {
    return of(name, content, type, format, "");
  }

  private static <T> T of(String file, byte[] content, Class<T> type, int format, String advice) {
    try {
      JsonNode tree = tree(content);
      if (!tree.isObject()) {
        String found = content.length == 0 ? "it is empty" : "it holds no object";
        throw unreadable(file, 1, found, advice);
      }
      int found = tree.path("v").asInt(1);
      if (found > format) {
        throw new UnreadableState(
            "%s is of format %d, this version knows up to %d; use a newer conductor"
                .formatted(file, found, format),
            true);
      }
      T value = value(tree, content, type);
      missing(value)
          .ifPresent(part -> {
            throw unreadable(file, 1, "'" + part + "' is missing", advice);
          });
      return value;
    } catch (JacksonException e) {
      throw unreadable(file, Math.max(1, JsonReason.line(e)), JsonReason.of(e), advice);
    }
  }

  private static JsonNode tree(byte[] content) {
    try {
      return JsonTrees.parse(content);
    } catch (JacksonException e) {
      return Mapper.MAPPER.readTree(content);
    }
  }

  private static <T> T value(JsonNode tree, byte[] content, Class<T> type) {
    try {
      return PlainJson.read(tree, type);
    } catch (NotPlain e) {
      return Mapper.MAPPER.treeToValue(Mapper.MAPPER.readTree(content), type); // its own numbers
    }
  }

  private static UnreadableState unreadable(String file, int line, String reason, String advice) {
    return new UnreadableState("%s:%d: cannot be read: %s%s".formatted(file, line, reason, advice));
  }

  /** Returns the name of a record's component that is null and not {@code @Nullable}. */
  private static Optional<String> missing(Object value) {
    if (!value.getClass().isRecord()) {
      return Optional.empty();
    }
    for (RecordComponent part : value.getClass().getRecordComponents()) {
      if (PlainJson.value(part, value) == null && !Nullness.mayBeNull(part)) {
        return Optional.of(part.getName());
      }
    }
    return Optional.empty();
  }
}
