package conductor.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Effect;
import conductor.effect.RunEffect;
import conductor.effect.Secret;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which handler answers, and what handlers share. */
class HandlersTest {

  private static final Effect<?> GET = new RunEffect.Get("k");

  private static <E extends Effect<?>> Handler<E> handler(String reply) {
    return _ -> Act.repeatable(_ -> reply);
  }

  @Test
  void theLatestHandlerOfAFamilyAnswers() {
    Handler<Effect<?>> all = handler("all");
    Handler<RunEffect<?>> first = handler("first");
    Handler<Effect<?>> again = handler("again");
    Handlers handlers = Handlers.all(List.of(Effect.class), all).with(RunEffect.class, first);

    assertThat(handlers.of(GET)).isSameAs(first);
    assertThat(Handlers.all(List.of(Effect.class), all).of(GET)).isSameAs(all);
    assertThat(handlers.with(Effect.class, again).of(GET)).isSameAs(again);
    assertThat(handlers.of(GET)).as("handlers are immutable").isSameAs(first);
    assertThatThrownBy(() -> Handlers.none().of(GET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no handler answers Get");
  }

  @Test
  void onlyWhatEnvGaveIsLookedUp() {
    var secrets = new Secrets(Map.of("A", "a", "***A***", "no"));

    assertThat(secrets.value(new Secret("A"))).isEqualTo("a");
    assertThat(secrets.value("***A***")).isEqualTo("***A***");
    assertThat(secrets.value(7)).isEqualTo("7");
    assertThatThrownBy(() -> secrets.value(new Secret("B")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the variable B, whose value Env gave, is not set here");
  }

  /** F10. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "Read-only file system",
        "Input/output error"
      })
  void whatIsAboutThisDiskStopsTheRun(String said) {
    assertThatThrownBy(() -> DiskTrouble.stopIfSaid("git commit", "one\n  fatal: " + said + " \n"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("git commit: fatal: " + said);
    DiskTrouble.stopIfSaid("git push", "remote: fatal: " + said + "\nno space left");
  }

  @Test
  void theClockIsLookedAtEveryFewSeconds() throws Exception {
    var now = Instant.parse("2026-01-02T03:04:05Z");
    InstantSource clock = InstantSource.fixed(now);

    assertThat(WallClock.wait(now.plusSeconds(3600), clock)).isEqualTo(Duration.ofSeconds(5));
    assertThat(WallClock.wait(now.plusSeconds(5), clock)).isEqualTo(Duration.ofSeconds(5));
    assertThat(WallClock.wait(now.plusMillis(4999), clock)).isEqualTo(Duration.ofMillis(4999));
    assertThat(WallClock.wait(now, clock)).isZero();
    assertThat(WallClock.wait(now.minusSeconds(1), clock)).isNegative();

    var times = new ArrayDeque<>(List.of(now, now.plusMillis(1), now.plusMillis(3)));
    WallClock.sleepUntil(now.plusMillis(2), times::removeFirst);
    assertThat(times).isEmpty();
  }

  @Test
  void whoeverWaitsForAMomentCanBeInterrupted() {
    var now = Instant.parse("2026-01-02T03:04:05Z");
    var times = new ArrayDeque<>(List.of(now, now.plusSeconds(9)));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> WallClock.sleepUntil(now.plusSeconds(7), times::removeFirst))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void nothingIsParkedWhereNobodyDecides() throws Exception {
    assertThat(Parking.never().parks(GET)).isFalse();
    assertThat(Act.adoptable(_ -> "done"))
        .isInstanceOfSatisfying(
            Act.Adoptable.class, act -> assertThat(act.adopt()).isSameAs(act.work()));
  }
}
