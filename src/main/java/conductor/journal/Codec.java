package conductor.journal;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Handle;
import conductor.effect.NotJournalable;
import conductor.effect.Own;
import conductor.state.Digest;
import conductor.state.JsonTrees;
import java.io.ByteArrayOutputStream;
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
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes values as JSON, and decodes them. Null, booleans, text, ints, lists and maps look as
 * usual; everything else is an object whose {@code $} names its type. A decoded value equals the
 * encoded one, but for secrets (redacted), kinds of text (strings) and kinds of lists and maps
 * (unmodifiable, in order).
 *
 * <p>Safe for use by several threads.
 */
public final class Codec {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Text and values that take more bytes than this become blobs. */
  static final int LARGE = 16 * 1024;

  private final Function<byte[], String> store;
  private final Redactor redactor;
  private final ValueTypes types;
  private final Decoder decoder;

  /**
   * A codec that replaces no secrets and stores nothing: for what is compared, and for what is an
   * identity.
   */
  private final Codec exact;

  public Codec(Blobs blobs, Redactor redactor) {
    this.store = blobs::store;
    this.redactor = redactor;
    this.types = new ValueTypes();
    this.decoder = new Decoder(blobs, types);
    this.exact = new Codec(types, decoder);
  }

  private Codec(ValueTypes types, Decoder decoder) {
    this.store = Digest::sha256;
    this.redactor = Redactor.none();
    this.types = types;
    this.decoder = decoder;
    this.exact = this;
  }

  /**
   * Encodes a value; a large one is stored as a blob, and encoded as a reference to it.
   *
   * @param where what the value is, for the error
   * @throws NotJournalable when it or something in it is of a type that cannot be journaled
   */
  public JsonNode encode(@Nullable Object value, String where) {
    ValueBounds.check(value, where);
    return outsourced(tree(value, where));
  }

  /**
   * Returns a workflow's result as a value that can be encoded: plain values as in JSON, others as
   * their text.
   *
   * @param where what the value is, for warnings
   * @param warn is told of values of which only the text is kept
   */
  public @Nullable Object plain(@Nullable Object value, String where, Consumer<String> warn) {
    return new Plain(types, warn).of(value, where);
  }

  public @Nullable Object decode(JsonNode node) {
    return decoder.decode(node);
  }

  /** Encodes a failure: its type, its message for readers, and its fields. */
  public ObjectNode encodeFailure(Failure failure) {
    var node = NODES.objectNode();
    node.put("type", failure.getClass().getSimpleName());
    node.set("message", text(String.valueOf(failure.getMessage())));
    var data = node.putObject("data");
    for (var field : Reflected.fields(failure)) {
      data.set(
          field.name(),
          encode(field.value(), failure.getClass().getSimpleName() + "." + field.name()));
    }
    return node;
  }

  public Failure decodeFailure(JsonNode node) {
    return decoder.decodeFailure(node);
  }

  /** Encodes the arguments of an effect that were given, by their names in snake case. */
  public ObjectNode encodeArguments(Effect<?> effect) {
    var node = NODES.objectNode();
    for (var field : Reflected.arguments(effect)) {
      if (field.value() != null) {
        node.set(field.name(), encode(field.value(), effect.kind() + "." + field.name()));
      }
    }
    return node;
  }

  public <E extends Effect<?>> E decodeArguments(Class<E> type, JsonNode arguments) {
    return type.cast(decoder.decodeRecord(type, arguments));
  }

  /** Returns the effect of a name and encoded arguments; an {@link Own} of an unknown name. */
  public Effect<?> decodeEffect(String name, JsonNode arguments) {
    return types
        .effect(name)
        .<Effect<?>>map(type -> (Effect<?>) decoder.decodeRecord(type, arguments))
        .orElseGet(() -> new Own(name, decoder.decodeMap(arguments)));
  }

  /**
   * Returns the first 12 hex digits of a hash over the arguments given, in canonical form; handles
   * count by identity. The hash does not depend on which secrets are known.
   */
  public String hash(Effect<?> effect) {
    var node = NODES.objectNode();
    for (var field : Reflected.arguments(effect)) {
      if (field.value() != null) {
        ValueBounds.check(field.value(), effect.kind() + "." + field.name());
        node.set(field.name(), exact.canonical(field.value(), effect.kind() + "." + field.name()));
      }
    }
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(effect.kind().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(JsonTrees.bytes(node));
    return Digest.sha256(bytes.toByteArray()).substring(0, 12);
  }

  public String redact(String text) {
    return redactor.redact(text);
  }

  private JsonNode canonical(@Nullable Object value, String where) {
    return switch (value) {
      case Handle handle ->
          NODES
              .objectNode()
              .put("$", ValueTypes.nameOf(handle.getClass()))
              .put("is", handle.identity());
      case Collection<?> items -> {
        var array = NODES.arrayNode();
        items.forEach(item -> array.add(canonical(item, where)));
        yield array;
      }
      case Map<?, ?> map -> {
        var sorted = NODES.objectNode();
        var byKey = new TreeMap<String, @Nullable Object>();
        map.forEach((key, item) -> byKey.put(key(key, where), item));
        byKey.forEach((key, item) -> sorted.set(key, canonical(item, where)));
        yield sorted;
      }
      case null, default -> tree(value, where);
    };
  }

  private JsonNode tree(@Nullable Object value, String where) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case CharSequence text -> text(text.toString());
      case Number number -> number(number, where);
      case Character c -> tagged("char", String.valueOf(c));
      case Instant instant -> tagged("instant", instant.toString());
      case Duration duration -> tagged("duration", duration.toString());
      case LocalDate date -> tagged("date", date.toString());
      case LocalTime time -> tagged("time", time.toString());
      case LocalDateTime dateTime -> tagged("datetime", dateTime.toString());
      case OffsetDateTime dateTime -> tagged("offset-datetime", dateTime.toString());
      case ZonedDateTime dateTime -> tagged("zoned-datetime", dateTime.toString());
      case UUID uuid -> tagged("uuid", uuid.toString());
      case Path path -> tagged("path", path.toString());
      case Collection<?> items -> list(items, where);
      case Map<?, ?> map -> map(map, where);
      case Failure failure -> encodeFailure(failure).put("$", "failure");
      case Enum<?> constant when types.holds(constant.getDeclaringClass()) ->
          tagged(
              ValueTypes.nameOf(constant.getDeclaringClass()),
              constant.name().toLowerCase(java.util.Locale.ROOT));
      case Record object when types.holds(object.getClass()) -> object(object, where);
      default -> throw new NotJournalable(where, value.getClass().getName());
    };
  }

  private JsonNode text(String raw) {
    String text = redactor.redact(raw);
    if (hasLoneSurrogate(text)) {
      return tagged("utf16", Base64.getEncoder().encodeToString(utf16(text)));
    }
    if (text.length() * 3L <= LARGE) {
      return NODES.stringNode(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LARGE ? NODES.stringNode(text) : blob("text", bytes);
  }

  /** Returns the code units, which a charset's encoder would replace where half a pair stands. */
  private static byte[] utf16(String text) {
    var bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  private static JsonNode number(Number number, String where) {
    return switch (number) {
      case Long n -> tagged("long", n.toString());
      case Short n -> tagged("short", n.toString());
      case Byte n -> tagged("byte", n.toString());
      case Double n -> tagged("double", n.toString());
      case Float n -> tagged("float", n.toString());
      case BigDecimal n -> tagged("decimal", n.toString());
      case BigInteger n -> tagged("integer", n.toString());
      default -> throw new NotJournalable(where, number.getClass().getName());
    };
  }

  private JsonNode list(Collection<?> items, String where) {
    ArrayNode array = NODES.arrayNode();
    for (Object item : items) {
      array.add(tree(item, where + "[" + array.size() + "]"));
    }
    return array;
  }

  private JsonNode map(Map<?, ?> map, String where) {
    ObjectNode node = NODES.objectNode();
    map.forEach((key, item) -> node.set(key(key, where), tree(item, where + "." + key)));
    return node.has("$") ? NODES.objectNode().put("$", "map").set("is", node) : node;
  }

  private String key(@Nullable Object key, String where) {
    if (key instanceof CharSequence text) {
      return redactor.redact(text.toString());
    }
    throw new NotJournalable("a key of " + where, key == null ? "null" : key.getClass().getName());
  }

  private JsonNode object(Record object, String where) {
    ObjectNode node = NODES.objectNode().put("$", ValueTypes.nameOf(object.getClass()));
    for (var field : Reflected.components(object)) {
      boolean identity = object instanceof Handle handle && !handle.texts().contains(field.name());
      Codec codec = identity ? exact : this;
      node.set(field.name(), codec.tree(field.value(), where + "." + field.name()));
    }
    return node;
  }

  private JsonNode outsourced(JsonNode node) {
    if (!node.isContainer() || node.path("$").asString("").equals("blob")) {
      return node;
    }
    byte[] bytes = JsonTrees.bytes(node);
    return bytes.length <= LARGE ? node : blob("json", bytes);
  }

  private ObjectNode blob(String of, byte[] bytes) {
    return NODES
        .objectNode()
        .put("$", "blob")
        .put("of", of)
        .put("size", bytes.length)
        .put("sha256", store.apply(bytes));
  }

  private static ObjectNode tagged(String type, String text) {
    return NODES.objectNode().put("$", type).put("is", text);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isHighSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
