package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Attempt;
import conductor.effect.GatherFailed;
import conductor.effect.PRHandle;
import conductor.effect.Task;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What finished workflows give is always written down (A56). */
class PlainTest {

  private final Codec codec = new Codec(new Blobs(Path.of("target/nowhere")), Redactor.none());
  private final List<String> warnings = new ArrayList<>();

  private record Pair(String left, Object right) {}

  private static final class Own {
    @Override
    public String toString() {
      return "own";
    }
  }

  private static final class Broken {
    @Override
    public String toString() {
      throw new NoSuchElementException("no");
    }
  }

  private @Nullable Object kept(@Nullable Object value) {
    Object plain = codec.plain(value, "the result", warnings::add);
    return codec.decode(codec.encode(plain, "the result"));
  }

  static Stream<Arguments> plain() {
    var ofNumbers = new LinkedHashMap<Object, Object>(Map.of(1, "a"));
    return Stream.of(
        Arguments.of(ofNumbers, Map.of("1", "a")),
        Arguments.of(Map.of("k", Map.of(2L, List.of())), Map.of("k", Map.of("2", List.of()))),
        Arguments.of(Map.of(DayOfWeek.MONDAY, 1), Map.of("MONDAY", 1)),
        Arguments.of(new TreeSet<>(List.of("b", "a")), List.of("a", "b")),
        Arguments.of(java.sql.Timestamp.from(Instant.EPOCH), Instant.EPOCH),
        Arguments.of(new int[] {1, 2}, List.of(1, 2)),
        Arguments.of(new Object[] {new String[] {"x"}}, List.of(List.of("x"))),
        Arguments.of(DayOfWeek.MONDAY, "MONDAY"),
        Arguments.of(Optional.of(Optional.of(1)), 1),
        Arguments.of(List.of("x").iterator(), List.of("x")),
        Arguments.of(Collections.enumeration(List.of("x")), List.of("x")),
        Arguments.of(Stream.of(1, 2), List.of(1, 2)),
        Arguments.of(URI.create("http://x"), "http://x"),
        Arguments.of(java.util.Locale.ENGLISH, "en"),
        Arguments.of(java.time.Period.ofDays(2), "P2D"),
        Arguments.of(new AtomicInteger(3), 3),
        Arguments.of(Map.entry("a", 1), Map.of("a", 1)),
        Arguments.of(new Pair("x", Optional.empty()), Arrays.asList("x", null)),
        Arguments.of(new Attempt.Ok(Map.of(1, 2)), new Attempt.Ok(Map.of("1", 2))),
        Arguments.of(String.class, "java.lang.String"));
  }

  private static Number number(String text) {
    return new Number() {
      @Override
      public int intValue() {
        throw new AssertionError("the text says all");
      }

      @Override
      public long longValue() {
        throw new AssertionError("the text says all");
      }

      @Override
      public float floatValue() {
        throw new AssertionError("the text says all");
      }

      @Override
      public double doubleValue() {
        throw new AssertionError("the text says all");
      }

      @Override
      public String toString() {
        return text;
      }
    };
  }

  static Stream<Arguments> numbersAndTimes() {
    var calendar = new GregorianCalendar();
    calendar.setTimeInMillis(7);
    var time = LocalDateTime.of(2026, 1, 2, 3, 4);
    return Stream.concat(
        Stream.of(
            Arguments.of(number("2147483647"), 2147483647),
            Arguments.of(number("-2147483648"), -2147483648),
            Arguments.of(number("2147483648"), 2147483648L),
            Arguments.of(number("9223372036854775807"), 9223372036854775807L),
            Arguments.of(number("9223372036854775808"), new BigInteger("9223372036854775808")),
            Arguments.of(number("1E2"), 100),
            Arguments.of(number("0.0"), new BigDecimal("0.0")),
            Arguments.of(OptionalInt.of(1), 1),
            Arguments.of(OptionalInt.empty(), null),
            Arguments.of(OptionalLong.of(1), 1L),
            Arguments.of(OptionalLong.empty(), null),
            Arguments.of(OptionalDouble.of(0.5), 0.5),
            Arguments.of(OptionalDouble.empty(), null),
            Arguments.of(new AtomicBoolean(true), true),
            Arguments.of(new AtomicBoolean(false), false),
            Arguments.of(new AtomicReference<>(Optional.of("x")), "x"),
            Arguments.of(calendar, Instant.ofEpochMilli(7)),
            Arguments.of(TimeZone.getTimeZone("UTC"), "UTC"),
            Arguments.of(PRHandle.Status.OPEN, PRHandle.Status.OPEN),
            Arguments.of(Map.of(PRHandle.Status.OPEN, 1), Map.of("OPEN", 1)),
            Arguments.of(java.time.YearMonth.of(2026, 1), "2026-01")),
        Stream.of(
                true,
                'c',
                1L,
                (short) 1,
                (byte) 1,
                0.5,
                0.5f,
                new BigDecimal("0.50"),
                BigInteger.TWO,
                Duration.ofDays(1),
                new UUID(1, 2),
                Path.of("/some"),
                Instant.EPOCH,
                time,
                time.toLocalDate(),
                time.toLocalTime(),
                time.atOffset(ZoneOffset.ofHours(1)),
                time.atZone(ZoneOffset.UTC))
            .map(same -> Arguments.of(same, same)));
  }

  @ParameterizedTest
  @MethodSource("numbersAndTimes")
  void numbersAndTimesStayWhatTheyAre(Object value, @Nullable Object expected) {
    assertThat(kept(value)).isEqualTo(expected);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aNumberWhoseTextIsNoNumberIsItsText() {
    assertThat(kept(number("many"))).isEqualTo("many");
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aValueThatIsPlainIsNotMadeAnew() {
    var failed = new GatherFailed(Map.of("a", 1), Map.of());
    var handle = new Task("4");

    assertThat(codec.plain(failed, "the result", warnings::add)).isSameAs(failed);
    assertThat(codec.plain(handle, "the result", warnings::add)).isSameAs(handle);
  }

  @ParameterizedTest
  @MethodSource("plain")
  void whatIsPlainBecomesWhatJsonWouldMakeOfIt(Object value, Object expected) {
    Object kept = kept(value);

    assertThat(value instanceof Pair ? new ArrayList<>(((Map<?, ?>) kept).values()) : kept)
        .isEqualTo(expected);
    assertThat(warnings).isEmpty();
  }

  @Test
  void everythingElseIsItsTextAndTold() {
    var itself = new ArrayList<Object>();
    itself.add(itself);

    assertThat(kept(List.of(new Own(), new Broken())))
        .isEqualTo(List.of("own", Broken.class.getName()));
    assertThat(kept(itself)).isEqualTo(List.of("[(this Collection)]"));
    assertThat(warnings)
        .containsExactly(
            "the result[0] is a %s, which is no plain value: its text is kept"
                .formatted(Own.class.getName()),
            "the result[1] is a %s, which is no plain value: its text is kept"
                .formatted(Broken.class.getName()),
            "the result[0] is a java.util.ArrayList, which is no plain value: its text is kept");
  }

  @Test
  void deepAndEndlessValuesEndSomewhere() {
    Object deep = "x";
    for (int i = 0; i < 20_000; i++) {
      deep = new Object[] {deep};
    }
    kept(deep);
    Iterable<Integer> endless = () -> Stream.generate(() -> 1).iterator();

    assertThat((List<?>) codec.plain(endless, "the result", warnings::add)).hasSize(1_000_000);
    assertThat(warnings.getLast()).contains("has more than 1000000 items");
  }

  @Test
  void aMillionItemsAnd201ListsAreKept() {
    assertThat((List<?>) codec.plain(Collections.nCopies(1_000_000, 1), "it", warnings::add))
        .hasSize(1_000_000);
    Object deep = "x";
    for (int i = 0; i < 201; i++) {
      deep = List.of(deep);
    }
    assertThat(kept(deep)).isEqualTo(deep);
    assertThat(warnings).isEmpty();

    kept(List.of(deep));

    assertThat(warnings)
        .containsExactly(
            "the result"
                + "[0]".repeat(201)
                + " is a "
                + List.of("x").getClass().getName()
                + ", which is no plain value: its text is kept");
  }

  /** The same object twice side by side encloses nothing. */
  @Test
  void whatStandsTwiceIsKeptTwice() {
    var twice = List.of(1);

    assertThat(kept(List.of(twice, twice))).isEqualTo(List.of(twice, twice));
    assertThat(warnings).isEmpty();
  }

  @Test
  void twoKeysThatReadTheSameAreTold() {
    var map = new LinkedHashMap<Object, Object>();
    map.put(1, "a");
    map.put("1", "b");

    assertThat(kept(map)).isEqualTo(Map.of("1", "b"));
    assertThat(warnings)
        .containsExactly("the result has two keys that read '1': the later one is kept");
  }

  @Test
  void theRepliesOfAFailureArePlainToo() {
    var failed = new GatherFailed(Map.of("a", new Own()), Map.of());

    assertThat(kept(failed))
        .isInstanceOfSatisfying(
            GatherFailed.class, kept -> assertThat(kept.replies).isEqualTo(Map.of("a", "own")));
  }
}
