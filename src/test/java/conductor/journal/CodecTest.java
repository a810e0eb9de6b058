package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import conductor.effect.Attempt;
import conductor.effect.Failure;
import conductor.effect.Families;
import conductor.effect.GatherFailed;
import conductor.effect.GitFailure;
import conductor.effect.NotJournalable;
import conductor.effect.Own;
import conductor.effect.PRHandle;
import conductor.effect.Secret;
import conductor.effect.Task;
import conductor.state.JsonTrees;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of values, failures and arguments, and what they hash to. */
class CodecTest {

  private static final String SECRET = "x1-8characters";
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000_000);

  @TempDir private Path temp;

  private Codec codec() {
    return new Codec(new Blobs(temp), Redactor.of(Map.of("A_TOKEN", SECRET), List.of()));
  }

  static Stream<Arguments> values() {
    var id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    return Stream.of(
        Arguments.of(null, "null"),
        Arguments.of(true, "true"),
        Arguments.of(7, "7"),
        Arguments.of("text", "'text'"),
        Arguments.of('c', "{'$':'char','is':'c'}"),
        Arguments.of(7L, "{'$':'long','is':'7'}"),
        Arguments.of((short) 7, "{'$':'short','is':'7'}"),
        Arguments.of((byte) 7, "{'$':'byte','is':'7'}"),
        Arguments.of(0.5, "{'$':'double','is':'0.5'}"),
        Arguments.of(0.5f, "{'$':'float','is':'0.5'}"),
        Arguments.of(new BigDecimal("0.50"), "{'$':'decimal','is':'0.50'}"),
        Arguments.of(BigInteger.TEN, "{'$':'integer','is':'10'}"),
        Arguments.of(Instant.EPOCH, "{'$':'instant','is':'1970-01-01T00:00:00Z'}"),
        Arguments.of(Duration.ofSeconds(7), "{'$':'duration','is':'PT7S'}"),
        Arguments.of(LocalDate.from(TIME), "{'$':'date','is':'2026-01-02'}"),
        Arguments.of(LocalTime.from(TIME), "{'$':'time','is':'03:04:05.006'}"),
        Arguments.of(TIME, "{'$':'datetime','is':'2026-01-02T03:04:05.006'}"),
        Arguments.of(
            OffsetDateTime.of(TIME, ZoneOffset.ofHours(2)),
            "{'$':'offset-datetime','is':'2026-01-02T03:04:05.006+02:00'}"),
        Arguments.of(
            ZonedDateTime.of(TIME, ZoneOffset.UTC),
            "{'$':'zoned-datetime','is':'2026-01-02T03:04:05.006Z'}"),
        Arguments.of(id, "{'$':'uuid','is':'" + id + "'}"),
        Arguments.of(Path.of("/some"), "{'$':'path','is':'/some'}"),
        Arguments.of(Arrays.asList(1, null, List.of()), "[1,null,[]]"),
        Arguments.of(Map.of("k", List.of(1L)), "{'k':[{'$':'long','is':'1'}]}"),
        Arguments.of(Map.of("$", "long"), "{'$':'map','is':{'$':'long'}}"),
        Arguments.of(PRHandle.Status.MERGED, "{'$':'PRHandle.Status','is':'merged'}"),
        Arguments.of(new Secret("A"), "{'$':'Secret','name':'A'}"),
        Arguments.of(new Task("4"), "{'$':'Task','id':'4'}"),
        Arguments.of(new Attempt.Ok(1), "{'$':'Attempt.Ok','value':1}"),
        Arguments.of("a\ud83d\ude00b", "'a\ud83d\ude00b'"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsWrittenInItsFormAndReadBackEqual(@Nullable Object value, String json) {
    var encoded = codec().encode(value, "it");

    assertThat(encoded).hasToString(json.replace('\'', '"'));
    assertThat(codec().decode(JsonTrees.parse(JsonTrees.bytes(encoded)))).isEqualTo(value);
  }

  /** Half a character has no UTF-8. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a\ud83d", "\ude00a", "\ud83da", "\ud83d\ude00\ude00", "\ud83d\ud83d\ude00"})
  void aTextWithHalfACharacterIsReadBackAsItWas(String text) {
    var encoded = codec().encode(text, "it");

    assertThat(encoded.path("$").asString()).isEqualTo("utf16");
    assertThat(codec().decode(JsonTrees.parse(JsonTrees.bytes(encoded)))).isEqualTo(text);
  }

  @Test
  void kindsOfTextAreTextAndListsAndMapsAreUnmodifiable() {
    var items = codec().decode(codec().encode(new ArrayList<>(List.of(1)), "it"));
    var fields = codec().decode(codec().encode(new LinkedHashMap<>(Map.of("b", 1)), "it"));

    assertThat(codec().decode(codec().encode(new StringBuilder("text"), "it"))).isEqualTo("text");
    assertThatThrownBy(() -> ((List<?>) items).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) fields).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theOrderOfAMapStays() {
    var map = new LinkedHashMap<String, Object>();
    List.of("z", "a", "m").forEach(key -> map.put(key, key));

    assertThat(codec().decode(codec().encode(map, "it")))
        .asInstanceOf(map(String.class, Object.class))
        .containsExactly(Map.entry("z", "z"), Map.entry("a", "a"), Map.entry("m", "m"));
  }

  @Test
  void secretsAreReplacedInTextKeysAndMessagesButNotInIdentities() {
    var handle =
        new PRHandle(
            "http://" + SECRET,
            1,
            SECRET,
            SECRET,
            "main",
            PRHandle.Status.OPEN,
            Instant.EPOCH,
            null);

    assertThat(codec().encode(Map.of(SECRET, SECRET), "it"))
        .hasToString("{\"***A_TOKEN***\":\"***A_TOKEN***\"}");
    assertThat(codec().encode(handle, "it").toString())
        .contains(
            "\"url\":\"http://" + SECRET + "\"",
            "\"title\":\"***A_TOKEN***\"",
            "\"branch\":\"" + SECRET + "\"");
    assertThat(codec().encodeFailure(new GitFailure.BadMerge(SECRET)).toString())
        .contains("\"message\":\"cannot merge: ***A_TOKEN***\"")
        .doesNotContain(SECRET);
    assertThat(codec().redact("it is " + SECRET)).isEqualTo("it is ***A_TOKEN***");
  }

  /** A text of 16 KiB stands in the line; one byte more, and it stands beside the journal. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "\u20ac"})
  void aLargeTextIsKeptBesideTheJournal(String letter) throws Exception {
    int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
    String fits = letter.repeat(Codec.LARGE / bytes);
    String large = fits + "b".repeat(Codec.LARGE % bytes + 1);

    assertThat(codec().encode(fits, "it")).hasToString("\"" + fits + "\"");
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).isEmpty();
    }
    var encoded = codec().encode(large, "it");
    assertThat(encoded.path("$").asString()).isEqualTo("blob");
    assertThat(encoded.path("of").asString()).isEqualTo("text");
    assertThat(encoded.path("size").intValue()).isEqualTo(Codec.LARGE + 1);
    assertThat(temp.resolve(encoded.path("sha256").asString())).hasContent(large);
    assertThat(codec().decode(encoded)).isEqualTo(large);
  }

  @Test
  void aLargeValueIsKeptBesideTheJournalAsAWhole() {
    List<Object> large = List.of("a".repeat(Codec.LARGE - 4));
    List<Object> larger = List.of("a".repeat(Codec.LARGE - 3), Map.of("k", 1L));

    assertThat(codec().encode(large, "it").isArray()).isTrue();
    var encoded = codec().encode(larger, "it");
    assertThat(encoded.path("$").asString()).isEqualTo("blob");
    assertThat(encoded.path("of").asString()).isEqualTo("json");
    assertThat(codec().decode(encoded)).isEqualTo(larger);
  }

  private record Foreign(String a) {}

  @Test
  void whatIsOfAnotherTypeIsRefusedWithItsPlace() {
    Map<Object, String> refused =
        Map.of(
            new Thread("x"),
            "it is a java.lang.Thread,",
            new AtomicInteger(1),
            "it is a java.util.concurrent.atomic.AtomicInteger,",
            List.of(1, Map.of("k", new Foreign("a"))),
            "it[1].k is a " + Foreign.class.getName(),
            new Attempt.Ok(Thread.State.NEW),
            "it.value is a java.lang.Thread$State,",
            Map.of(1, 1),
            "a key of it is a java.lang.Integer,");

    refused.forEach((value, message) ->
        assertThatThrownBy(() -> codec().encode(value, "it"))
            .isInstanceOf(NotJournalable.class)
            .hasMessageStartingWith(message));
    var nullKey = new LinkedHashMap<@Nullable Object, Object>();
    nullKey.put(null, 1);
    assertThatThrownBy(() -> codec().encode(nullKey, "it"))
        .hasMessageStartingWith("a key of it is a null,");
  }

  private static Object nested(int depth, boolean lists) {
    Object nested = "x";
    for (int i = 0; i < depth; i++) {
      nested = lists ? List.of(nested) : i % 2 == 0 ? Map.of("k", nested) : new Attempt.Ok(nested);
    }
    return nested;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNestedTooDeepToBeReadIsRefused(boolean lists) {
    Object deep = nested(490, lists);

    assertThat(codec().decode(codec().encode(deep, "it"))).isEqualTo(deep);
    assertThatThrownBy(() -> codec().encode(nested(491, lists), "it"))
        .isInstanceOf(NotJournalable.class)
        .hasMessageContaining("nested more than 490 deep");
    assertThatThrownBy(() -> codec().hash(new Own("Weigh", Map.of("value", nested(491, lists)))))
        .isInstanceOf(NotJournalable.class)
        .hasMessageStartingWith("Weigh.value is a list or map nested");
  }

  @Test
  void aKeyThatIsTooLongToBeReadIsRefused() {
    var longest = Map.of("k".repeat(49_999), 1);

    assertThat(codec().decode(codec().encode(longest, "it"))).isEqualTo(longest);
    assertThatThrownBy(() -> codec().encode(Map.of("k".repeat(50_000), 1), "it"))
        .isInstanceOf(NotJournalable.class)
        .hasMessageContaining("'" + "k".repeat(60) + "...' of 50000 characters where 49999");
  }

  /** No version writes them so, but whoever edits a journal may. */
  @ParameterizedTest
  @ValueSource(strings = {"7", "3000000000", "30000000000000000000", "0.50"})
  void aNumberThatIsNoIntIsRead(String json) {
    Object number = codec().decode(JsonTrees.parse(json.getBytes(StandardCharsets.UTF_8)));

    assertThat(number).isInstanceOf(Number.class).hasToString(json);
  }

  @Test
  void whatANewerVersionWroteIsNamed() {
    for (String json :
        List.of(
            "{\"$\":\"Newer\"}",
            "{\"$\":\"PRHandle.Status\",\"is\":\"newer\"}",
            "{\"$\":\"failure\",\"type\":\"Newer\"}")) {
      var node = JsonTrees.parse(json.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> codec().decode(node))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ewer', which this version does not know");
    }
  }

  /** Law 6. */
  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsReadBackWithItsMessageAndFields(Class<?> type) throws Exception {
    Parameter[] parameters = type.getConstructors()[0].getParameters();
    var values = Arrays.stream(parameters).map(it -> sample(it.getParameterizedType())).toArray();
    var failure = (Failure) type.getConstructors()[0].newInstance(values);

    var encoded = codec().encodeFailure(failure);
    Failure decoded = codec().decodeFailure(encoded);

    assertThat(encoded.path("type").asString()).isEqualTo(type.getSimpleName());
    assertThat(encoded.path("message").asString()).isEqualTo(failure.getMessage());
    assertThat(decoded).hasSameClassAs(failure).hasMessage(failure.getMessage());
    for (Parameter parameter : parameters) {
      var field = type.getField(parameter.getName());
      assertThat(String.valueOf(field.get(decoded)))
          .as(field.getName())
          .isEqualTo(String.valueOf(field.get(failure)));
    }
    assertThat(codec().decode(codec().encode(List.of(failure), "it")))
        .asString()
        .isEqualTo(List.of(failure).toString());
  }

  static List<Class<?>> failures() {
    return Families.failures();
  }

  private static Object sample(Type type) {
    if (type instanceof ParameterizedType generic) {
      Object item =
          sample(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
      return generic.getRawType() == List.class ? List.of(item) : Map.of("k", item);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return plain.getEnumConstants()[0];
    }
    return plain.isRecord() ? sampleRecord(plain) : sampleOf(plain);
  }

  private static Object sampleOf(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String", "Object" -> "text";
      case "boolean", "Boolean" -> true;
      case "int", "Integer" -> 7;
      case "double", "Double" -> 0.5;
      case "Path" -> Path.of("/some");
      case "Instant" -> Instant.EPOCH;
      case "Duration" -> Duration.ofSeconds(7);
      case "Failure" -> new GitFailure.BadMerge("no reason");
      default -> throw new AssertionError("no sample of " + type + ": add one here");
    };
  }

  private static Object sampleRecord(Class<?> type) {
    try {
      return type.getConstructors()[0].newInstance(
          Arrays.stream(type.getRecordComponents())
              .map(component -> sample(component.getGenericType()))
              .toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void failuresOfBranchesAreReadBackWithin() {
    var failed =
        new GatherFailed(Map.of("a", 1L), Map.of("b", new GitFailure.BadMerge("no reason")));

    var decoded = (GatherFailed) codec().decodeFailure(codec().encodeFailure(failed));

    assertThat(decoded.replies).isEqualTo(failed.replies);
    assertThat(decoded.failures.get("b")).isInstanceOf(GitFailure.BadMerge.class);
    assertThat(decoded).hasMessage(failed.getMessage());
  }
}
