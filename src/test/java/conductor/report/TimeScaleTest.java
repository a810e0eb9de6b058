package conductor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import conductor.report.TimeScale.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeScaleTest {

  private static final Instant ZERO = Instant.EPOCH;

  private static Span span(long from, long to) {
    return new Span(ZERO.plusSeconds(from), ZERO.plusSeconds(to));
  }

  private static double place(TimeScale scale, double seconds) {
    return scale.place(ZERO.plusMillis((long) (seconds * 1000)));
  }

  @Test
  void workWithoutGapsIsPlacedInProportion() {
    TimeScale scale = TimeScale.of(List.of(span(5, 10), span(0, 6)));

    assertThat(scale.gaps()).isEmpty();
    assertThat(place(scale, 0)).isZero();
    assertThat(place(scale, 5)).isEqualTo(50);
    assertThat(place(scale, 10)).isEqualTo(100);
  }

  @Test
  void aNightWithoutWorkIsFolded() {
    TimeScale scale = TimeScale.of(List.of(span(0, 60), span(36_000, 36_060)));

    assertThat(scale.gaps()).containsExactly(span(60, 36_000));
    assertThat(place(scale, 60)).isCloseTo(48, within(0.001));
    assertThat(place(scale, 18_030)).isCloseTo(50, within(0.001));
    assertThat(place(scale, 36_000)).isCloseTo(52, within(0.001));
    assertThat(place(scale, 36_060)).isCloseTo(100, within(0.001));
  }

  @Test
  void workInsideOfOtherWorkMakesNoGap() {
    assertThat(TimeScale.of(List.of(span(0, 100), span(1, 2), span(90, 100))).gaps()).isEmpty();
  }

  @Test
  void whatTookNoTimeAndWhatLiesOutsideIsPlacedOnTheAxis() {
    TimeScale point = TimeScale.of(List.of(span(3, 3)));
    assertThat(place(point, 3)).isZero();
    assertThat(place(point, 99)).isEqualTo(100);
    assertThat(place(point, 0)).isZero();
  }
}
