package conductor.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N-friction 9, P20: one way to write durations, in and out. */
class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "90s, PT90S",
    "7d, P7D",
    "PT7D, P7D",
    "P7D, P7D",
    "1h30m, PT1H30M",
    "1h 30m, PT1H30M",
    "1d12h, PT36H",
    "1m500ms, PT1M0.5S",
    "1.5h, PT90M",
    "PT6S, PT6S",
    "250ms, PT0.25S"
  })
  void areReadAsPeopleWriteThem(String text, Duration duration) {
    assertThat(Coercion.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "1h30", "30m1h", "1h1h", "soon", "h", "1h x", "1hour"})
  void areNothingElse(String text) {
    assertThatThrownBy(() -> Coercion.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6s", "45s", "1h30m", "7d", "1d12h", "0s", "0.25s"})
  void areWrittenAsTheyAreRead(String text) {
    assertThat(Durations.brief(Coercion.duration(text))).isEqualTo(text);
  }
}
