package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-30T00:47:10Z",
        "2026-11-30T00:47:10.5Z",
        "2026-11-30T00:47:10.123Z",
        "2026-02-28T23:59:59.123456Z",
        "2024-02-29T23:59:59.999999999Z",
        "1969-12-31T23:59:59.000000001Z",
        "0001-01-01T00:00:00Z",
        "+12026-11-30T00:47:10Z",
        "-0001-11-30T00:47:10Z",
        "2026-11-30T01:47:10+01:00"
      })
  void aTimeIsReadAsTheJdkReadsIt(String text) {
    assertThat(Timestamp.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-30",
        "2026-13-30T00:47:10Z",
        "2026-02-30T00:47:10Z",
        "2026-11-30T00:47:10.1234567890Z",
        "2026-11-30T00:47:10.12x4Z",
        "2026-11-30 00:47:10Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Timestamp.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
