package conductor.journal;

import conductor.effect.Failure;
import conductor.state.JsonTrees;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decodes values, records and failures from the JSON that {@link Codec} makes. */
final class Decoder {

  private final Blobs blobs;
  private final ValueTypes types;

  Decoder(Blobs blobs, ValueTypes types) {
    this.blobs = blobs;
    this.types = types;
  }

  @Nullable Object decode(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> null;
      case BOOLEAN -> node.booleanValue();
      case STRING -> node.stringValue();
      case NUMBER -> node.numberValue();
      case ARRAY -> list(node);
      case OBJECT -> object(node);
      case BINARY, POJO -> throw unknown(node.getNodeType().name());
    };
  }

  Failure decodeFailure(JsonNode node) {
    String name = node.path("type").asString();
    Class<?> type = types.failure(name).orElseThrow(() -> unknown(name));
    return (Failure) Reflected.construct(type, field -> decode(node.path("data").path(field)));
  }

  Object decodeRecord(Class<?> type, JsonNode fields) {
    return Reflected.construct(type, field -> decode(fields.path(field)));
  }

  private Object list(JsonNode node) {
    var items = new ArrayList<@Nullable Object>(node.size());
    node.forEach(item -> items.add(decode(item)));
    return Collections.unmodifiableList(items);
  }

  /** Returns the decoded fields of a JSON object, in their order; unmodifiable. */
  Map<String, @Nullable Object> decodeMap(JsonNode node) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    node.properties().forEach(property -> map.put(property.getKey(), decode(property.getValue())));
    return Collections.unmodifiableMap(map);
  }

  private @Nullable Object object(JsonNode node) {
    String type = node.path("$").asString("");
    String text = node.path("is").asString("");
    return switch (type) {
      case "" -> decodeMap(node);
      case "map" -> decodeMap(node.path("is"));
      case "blob" -> blob(node);
      case "failure" -> decodeFailure(node);
      case "utf16" -> ByteBuffer.wrap(Base64.getDecoder().decode(text)).asCharBuffer().toString();
      case "char" -> text.charAt(0);
      case "long" -> Long.valueOf(text);
      case "short" -> Short.valueOf(text);
      case "byte" -> Byte.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "float" -> Float.valueOf(text);
      case "decimal" -> new BigDecimal(text);
      case "integer" -> new BigInteger(text);
      case "instant" -> Instant.parse(text);
      case "duration" -> Duration.parse(text);
      case "date" -> LocalDate.parse(text);
      case "time" -> LocalTime.parse(text);
      case "datetime" -> LocalDateTime.parse(text);
      case "offset-datetime" -> OffsetDateTime.parse(text);
      case "zoned-datetime" -> ZonedDateTime.parse(text);
      case "uuid" -> UUID.fromString(text);
      case "path" -> Path.of(text);
      default -> typed(types.value(type).orElseThrow(() -> unknown(type)), node, text);
    };
  }

  private Object typed(Class<?> type, JsonNode node, String text) {
    if (!type.isEnum()) {
      return decodeRecord(type, node);
    }
    return Stream.of(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> unknown(type.getSimpleName() + " " + text));
  }

  private @Nullable Object blob(JsonNode node) {
    byte[] bytes = blobs.read(node.path("sha256").asString());
    return node.path("of").asString().equals("text")
        ? new String(bytes, StandardCharsets.UTF_8)
        : decode(JsonTrees.parse(bytes));
  }

  private static IllegalStateException unknown(String type) {
    return new IllegalStateException(
        "the journal holds a value of the type '"
            + type
            + "', which this version does not know; use the version that wrote it");
  }
}
