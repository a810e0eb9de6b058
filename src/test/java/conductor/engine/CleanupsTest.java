package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Body;
import conductor.effect.Cancelled;
import conductor.effect.GatherFailed;
import conductor.effect.HandlerFailed;
import conductor.effect.Site;
import conductor.journal.BranchPath;
import conductor.journal.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a cancelled branch may clean up, and which failures are the causes of an end. */
class CleanupsTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final Cleanups cleanups = new Cleanups(() -> now);

  private static Branch branch(String path) {
    return new Branch(
        new BranchPath(path), null, null, null, new Body.Block(() -> null), Site.HOST);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  @Test
  void aBranchIsDueOnceThirtySecondsAfterItsFirstCancellation() {
    Branch one = branch("1.a");
    cleanups.start(one);
    later(Duration.ofSeconds(29));
    cleanups.start(one);
    later(Duration.ofSeconds(1));

    assertThat(cleanups.due()).isEmpty();
    later(Duration.ofMillis(1));
    assertThat(cleanups.due()).containsExactly(one);
    later(Duration.ofDays(1));
    assertThat(cleanups.due()).isEmpty();
  }

  @Test
  void whatIsOverOrExpiredIsNotDue() {
    Branch over = branch("1.a");
    Branch expired = branch("1.b");
    Branch both = branch("1.c");
    cleanups.start(over);
    cleanups.start(expired);
    cleanups.start(both);
    over.ended = true;
    expired.expired = true;
    later(Duration.ofSeconds(31));

    assertThat(cleanups.due()).containsExactly(both);
  }

  @Test
  void nothingIsDueForAsLongAsItIsQuiet() {
    assertThat(cleanups.quiet(LONG)).isEqualTo(LONG);
    Branch one = branch("1.a");
    cleanups.start(one);
    assertThat(cleanups.quiet(LONG)).isEqualTo(LONG);
    later(Duration.ofSeconds(22));
    assertThat(cleanups.quiet(LONG)).isEqualTo(Duration.ofMillis(8001));
    later(Duration.ofSeconds(8));
    assertThat(cleanups.quiet(LONG)).isEqualTo(Duration.ofMillis(1));
    later(Duration.ofSeconds(8));
    assertThat(cleanups.quiet(LONG)).as("positive").isEqualTo(Duration.ofMillis(1));
    one.ended = true;
    assertThat(cleanups.quiet(LONG)).isEqualTo(LONG);
  }

  @Test
  void theCausesOfAnEndAreTheFailuresItIsWrapsOrGathers() {
    var first = new HandlerFailed("a", "first");
    var second = new HandlerFailed("b", "second");
    var gathered = new GatherFailed(Map.of(), Map.of("x", second, "y", new HandlerFailed("c", "")));
    gathered.initCause(first);
    var escaped = new IllegalStateException(new Exception(gathered));
    first.addSuppressed(escaped);
    var causes = new Causes();
    causes.raised(second, new Position("2"));
    causes.raised(first, new Position("10"));
    causes.raised(new HandlerFailed("a", "first"), new Position("3"));

    assertThat(causes.of(escaped)).containsExactly(new Position("2"), new Position("10"));
    assertThat(causes.of(second)).containsExactly(new Position("2"));
    assertThat(causes.of(new Cancelled("x"))).isEmpty();
    assertThat(causes.of(null)).isEmpty();
  }

  @Test
  void anErrorThatCausesItselfEnds() {
    var one = new Exception("one");
    var two = new Exception("two", one);
    one.initCause(two);
    var causes = new Causes();
    causes.raised(two, new Position("4"));

    assertThat(causes.of(one)).containsExactly(new Position("4"));
  }
}
