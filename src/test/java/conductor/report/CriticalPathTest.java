package conductor.report;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.run.record.EffectView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which effects decided when a run ended. */
class CriticalPathTest {

  private static final Instant ZERO = Instant.EPOCH;

  private static EffectView effect(
      String position, String effect, long from, long to, String... branches) {
    return effect(position, effect, "done", from, to, branches);
  }

  private static EffectView effect(
      String position, String effect, String status, long from, long to, String... branches) {
    Instant end = ZERO.plusSeconds(to);
    return new EffectView(
        position,
        effect,
        "",
        status,
        ZERO.plusSeconds(from),
        to < 0 ? null : end,
        end,
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(branches));
  }

  @Test
  void ofBranchesBesideEachOtherThatWhichEndedLast() {
    assertThat(
            CriticalPath.of(
                List.of(
                    effect("1", "Exec", 0, 1),
                    effect("2", "Gather", 1, 9, "a", "b"),
                    effect("2.a.1", "Exec", 1, 5),
                    effect("2.b.1", "Exec", 1, 2),
                    effect("2.b.2", "Exec", 2, 9),
                    effect("3", "Exec", 9, 10)),
                ZERO))
        .containsExactlyInAnyOrder("1", "2", "2.b.1", "2.b.2", "3");
  }

  @Test
  void aBranchThatWasCancelledDecidedNothing() {
    assertThat(
            CriticalPath.of(
                List.of(
                    effect("1", "Race", 0, 3, "a", "b"),
                    effect("1.a.1", "Exec", "cancelled", 0, 4),
                    effect("1.b.1", "Exec", 0, 3)),
                ZERO))
        .containsExactlyInAnyOrder("1", "1.b.1");
  }

  @Test
  void whatWasDoneWhileABranchWasAwaitedDecidedNothing() {
    assertThat(
            CriticalPath.of(
                List.of(
                    effect("1", "Exec", 0, 1),
                    effect("2", "Spawn", 1, 1, "s"),
                    effect("2.s.1", "Exec", 1, 8),
                    effect("3", "Exec", 1, 4),
                    effect("4", "Wait", 4, 8)),
                ZERO))
        .containsExactlyInAnyOrder("1", "2", "2.s.1", "4");
  }

  @Test
  void aBranchThatWasOverBeforeItWasAwaitedDecidedNothing() {
    assertThat(
            CriticalPath.of(
                List.of(
                    effect("1", "Spawn", 1, 1, "s"),
                    effect("1.s.1", "Exec", 1, 2),
                    effect("2", "Exec", 1, 4),
                    effect("3", "Wait", 4, 4)),
                ZERO))
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void whatStillRunsIsTheLast() {
    assertThat(
            CriticalPath.of(
                List.of(
                    effect("1", "Gather", 0, -1, "a", "b"),
                    effect("1.a.1", "Exec", 0, 5),
                    effect("1.b.1", "Exec", "running", 0, -1)),
                ZERO.plusSeconds(6)))
        .containsExactlyInAnyOrder("1", "1.b.1");
  }
}
