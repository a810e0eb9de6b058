package conductor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import conductor.run.record.RunMeta;
import conductor.state.PlainJson.NotPlain;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link PlainJson} against Jackson's object mapper, for every record of conductor. */
class PlainJsonTest {

  private static final List<String> WORDS =
      List.of("", "word", "two words", "äöü \uD83D\uDE00", "\"\\\n\t\u0000\u007f", "1", "null");

  /** Those of which the mapper cannot write random values, or a random value is endless. */
  private static final List<String> SELF_CONTAINED =
      List.of("Signature", "Parameter", "Definition", "ListOf", "Over");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  static Stream<Class<?>> records() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("conductor")
            .stream()
            .filter(JavaClass::isRecord)
            .map(JavaClass::reflect)
            .filter(type -> !SELF_CONTAINED.contains(type.getSimpleName()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void writesAndReadsAsTheMapperDoes(Class<?> type) throws Exception {
    for (int round = 0; round < 20; round++) {
      Object value = make(type, 3);
      if (value == null) {
        continue; // its constructor asks for more than random values
      }
      String text;
      try {
        text = JsonTrees.text(PlainJson.tree(value), tools.jackson.core.ObjectWriteContext.empty());
      } catch (NotPlain e) {
        continue;
      }
      assertThat(text)
          .as("seed %d", seed)
          .isEqualTo(StateJson.Mapper.MAPPER.writeValueAsString(value));
      Object read;
      try {
        read = PlainJson.read(JsonTrees.parse(text.getBytes(StandardCharsets.UTF_8)), type);
      } catch (NotPlain e) {
        continue;
      }
      assertThat(read)
          .as("seed %d: %s", seed, text)
          .isEqualTo(StateJson.Mapper.MAPPER.readValue(text, type));
    }
  }

  @Test
  void leavesNothingOfARunToTheMapper() throws Exception {
    Object meta = make(RunMeta.class, 3);
    while (meta == null) {
      meta = make(RunMeta.class, 3);
    }
    String text =
        JsonTrees.text(PlainJson.tree(meta), tools.jackson.core.ObjectWriteContext.empty());

    PlainJson.read(JsonTrees.parse(text.getBytes(StandardCharsets.UTF_8)), RunMeta.class);
  }

  record Typed(int number, String text, List<String> list, Instant at, RecordOf inner) {}

  record RecordOf(boolean flag) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"number\":\"1\"}",
        "{\"number\":1.5}",
        "{\"number\":null}",
        "{}",
        "{\"number\":1,\"text\":1}",
        "{\"number\":1,\"list\":{}}",
        "{\"number\":1,\"list\":[1]}",
        "{\"number\":1,\"at\":\"noon\"}",
        "{\"number\":1,\"inner\":[]}",
        "{\"number\":1,\"inner\":{}}",
        "[]",
        "null",
        "3"
      })
  void leavesWhatIsWrongToTheMapper(String text) {
    assertThatThrownBy(() ->
            PlainJson.read(JsonTrees.parse(text.getBytes(StandardCharsets.UTF_8)), Typed.class))
        .isInstanceOf(NotPlain.class);
  }

  private @Nullable Object make(Class<?> type, int depth) throws ReflectiveOperationException {
    RecordComponent[] parts = type.getRecordComponents();
    var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    var values = new ArrayList<@Nullable Object>();
    for (RecordComponent part : parts) {
      boolean isNull = Nullness.mayBeNull(part) && random.nextBoolean();
      values.add(isNull ? null : value(part.getGenericType(), depth));
    }
    try {
      return constructor.newInstance(values.toArray());
    } catch (java.lang.reflect.InvocationTargetException | IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable Object value(Type type, int depth) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      int size = depth <= 0 ? 0 : random.nextInt(3);
      if (generic.getRawType() == List.class) {
        var list = new ArrayList<@Nullable Object>();
        for (int n = 0; n < size; n++) {
          list.add(value(arguments[0], depth - 1));
        }
        return list;
      }
      if (generic.getRawType() == Map.class) {
        var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        for (int n = 0; n < size; n++) {
          map.put(value(arguments[0], 0), value(arguments[1], depth - 1));
        }
        return map;
      }
      return null;
    }
    return type instanceof Class<?> plain ? value(plain, depth) : null;
  }

  private @Nullable Object value(Class<?> type, int depth) throws ReflectiveOperationException {
    if (type == int.class || type == Integer.class) {
      return random.nextInt();
    } else if (type == long.class || type == Long.class) {
      return random.nextBoolean() ? random.nextLong() : (long) random.nextInt();
    } else if (type == double.class || type == Double.class) {
      return random.nextBoolean() ? random.nextGaussian() : (double) random.nextInt(9);
    } else if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return WORDS.get(random.nextInt(WORDS.size()));
    } else if (type == Path.class) {
      return Path.of("/a", "b c");
    } else if (type == Instant.class) {
      return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    } else if (type == Duration.class) {
      return Duration.ofMillis(random.nextInt());
    } else if (type == Object.class) {
      return depth <= 0
          ? "end"
          : value(
              List.of(String.class, int.class, double.class, Map.class).get(random.nextInt(4)),
              depth - 1);
    } else if (type == Map.class) {
      return Map.of("key", List.of(1, true, "x"));
    } else if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    return type.isRecord() && depth > 0 ? make(type, depth - 1) : null;
  }
}
