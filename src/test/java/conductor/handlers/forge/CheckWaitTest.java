package conductor.handlers.forge;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Checks;
import conductor.effect.Checks.Check;
import conductor.effect.PRHandle;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the checks of a pull request count as ended (H1). */
class CheckWaitTest {

  private static final PRHandle PR =
      new PRHandle("u", 1, "T", "b", "main", PRHandle.Status.OPEN, Instant.EPOCH, null);

  private final List<Check> checks = new ArrayList<>();
  private final List<String> running = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  private final CheckWait wait =
      new CheckWait(
          (Forge)
              Proxy.newProxyInstance(
                  Forge.class.getClassLoader(),
                  new Class<?>[] {Forge.class},
                  (_, _, _) ->
                      new Forge.Standing(
                          Checks.of(PR, checks), running, missing, Duration.ofSeconds(20))),
          PR,
          () -> now);

  private static Check check(String name, String conclusion) {
    return new Check(name, conclusion.equals("success"), conclusion, null, "");
  }

  private boolean isOver(int second) throws InterruptedException {
    now = Instant.EPOCH.plusSeconds(second);
    return wait.look().isPresent();
  }

  @Test
  void oneThatEndedAtOnceDoesNotEndTheWait() throws Exception {
    checks.add(check("lint", "success"));
    assertThat(isOver(0)).isFalse();
    assertThat(isOver(2)).isFalse();
    checks.add(check("build", ""));
    running.add("build");
    assertThat(isOver(6)).isFalse();
    assertThat(isOver(60)).isFalse();
    assertThat(wait.awaited()).isEqualTo("the end of build");
    checks.set(1, check("build", "failure"));
    running.clear();
    assertThat(isOver(61)).isFalse();
    assertThat(isOver(81)).isTrue();
    assertThat(wait.look().orElseThrow().failed()).hasSize(1);
  }

  @Test
  void oneThatBeginsWhenAnotherEndedIsSeen() throws Exception {
    checks.add(check("build", ""));
    running.add("build");
    assertThat(isOver(0)).isFalse();
    checks.set(0, check("build", "success"));
    running.clear();
    assertThat(isOver(100)).isFalse();
    checks.add(check("deploy", ""));
    running.add("deploy");
    assertThat(isOver(110)).isFalse();
    checks.set(1, check("deploy", "success"));
    running.clear();
    assertThat(isOver(500)).isFalse();
    assertThat(isOver(520)).isTrue();
  }

  @Test
  void whatIsRequiredIsWaitedForUnlessOneFailed() throws Exception {
    missing.add("build");
    checks.add(check("lint", "success"));
    assertThat(isOver(0)).isFalse();
    assertThat(isOver(3000)).isFalse();
    assertThat(wait.awaited()).contains("required", "build");
    checks.set(0, check("lint", "failure"));
    assertThat(isOver(3001)).isFalse();
    assertThat(isOver(3021)).isTrue();
  }

  @Test
  void noneAtAllIsNoneWhenNothingBegins() throws Exception {
    assertThat(isOver(0)).isFalse();
    assertThat(isOver(19)).isFalse();
    assertThat(isOver(20)).isTrue();
  }
}
