package conductor.plan;

import static conductor.plan.PlannedScript.error;
import static conductor.plan.PlannedScript.value;
import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.AgentEffect;
import conductor.effect.CommandEffect;
import conductor.effect.HandlerFailed;
import conductor.effect.RecordedEffect;
import conductor.simulation.Asked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard library, in the real engine with answers made up. */
class StdlibTest {

  private static final String ISSUE =
      "def issue = yield GetIssue('ISSUE-001') // conductor: allow\n";
  private static final String ENV = ISSUE + "def env = yield CreateWorktree(issue: issue)\n";

  @TempDir private Path scratch;

  private Plan run(String text, Map<String, ?> stubs) throws InterruptedException {
    return PlannedScript.of(text, stubs, scratch);
  }

  private static List<String> prompts(Plan plan) {
    return plan.asked().stream()
        .map(Asked::effect)
        .filter(AgentEffect.RunAgent.class::isInstance)
        .map(effect -> ((AgentEffect.RunAgent) effect).prompt())
        .toList();
  }

  private static final Map<String, Object> FAILED =
      Map.of("exit_code", 1, "passed", false, "output", "boom");

  @Test
  void theFixLoopGivesWhatFailedToAnAgentUntilItPasses() throws Exception {
    Plan plan =
        run(
            "import conductor.flow.FixLoop\n" + ENV + "FixLoop.untilGreen(env, 'make', 3).passed",
            Map.of("Exec", List.of(FAILED, FAILED, Map.of("exit_code", 0))));

    assertThat(value(plan)).isEqualTo(true);
    assertThat(prompts(plan)).hasSize(2).allMatch(prompt -> prompt.contains("boom"));
  }

  @Test
  void theFixLoopEndsWithTheLastFailure() throws Exception {
    Plan plan =
        run(
            "import conductor.flow.FixLoop\n" + ENV + "FixLoop.untilGreen(env, 'make', 2)",
            Map.of("Exec", List.of(FAILED, FAILED, Map.of("fail", "still red"))));

    assertThat(error(plan)).isInstanceOf(HandlerFailed.class).hasMessageContaining("still red");
    assertThat(prompts(plan)).hasSize(2);
  }

  private static final Map<String, Object> NOT_FOUND =
      Map.of("exit_code", 127, "passed", false, "output", "make: not found");

  @ParameterizedTest
  @ValueSource(strings = {"tried(env, 'make')", "untilGreen(env, 'make', 3)"})
  void aFailureCostsAnAgentInTheFixLoopAndNotWhereTheCommandIsTried(String call) throws Exception {
    Plan plan =
        run(
            "import conductor.flow.FixLoop\n" + ENV + "FixLoop." + call + ".exitCode",
            Map.of("Exec", List.of(FAILED, Map.of("exit_code", 0))));

    boolean tried = call.startsWith("tried");
    assertThat(value(plan)).isEqualTo(tried ? 1 : 0);
    assertThat(prompts(plan)).hasSize(tried ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tried(env, 'make')", "untilGreen(env, 'make', 3)"})
  void aCommandThatCannotBeRunIsRunAgainWhereTheRunWouldBeResumed(String call) throws Exception {
    Plan plan =
        run(
            "import conductor.flow.FixLoop\n" + ENV + "FixLoop." + call + ".passed",
            Map.of("Exec", List.of(NOT_FOUND, Map.of("exit_code", 0))));

    assertThat(value(plan)).isEqualTo(true);
    assertThat(prompts(plan)).isEmpty();
    assertThat(plan.asked())
        .map(Asked::effect)
        .filteredOn(CommandEffect.Exec.class::isInstance)
        .map(exec -> ((CommandEffect.Exec) exec).check())
        .containsExactly(null, true);
  }

  private static final String PARTS =
      """
      import conductor.flow.FixLoop
      import conductor.flow.Tests
      %sdef tests = Tests.given(%s, ['./services/api/': 'npm test', 'services': 'make', 'libs/v1': ['2': 'cargo test']])
      """;

  private static List<String> commands(Plan plan) {
    return plan.asked().stream()
        .map(Asked::effect)
        .filter(CommandEffect.Exec.class::isInstance)
        .map(CommandEffect.Exec.class::cast)
        .map(exec -> exec.dir() + ": " + exec.command().text())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | null: usual",
        "README.md | null: usual",
        "services/api/a b.ts, services/api/c | services/api: npm test",
        "services/apix, services/web/f | services: make",
        "services/readme, services/api/f, top | null: usual; services: make; services/api: npm test",
        "libs/v1.2/f | libs/v1.2: cargo test",
        "libs/v1.3/f | null: usual",
      })
  void whatChangedIsTestedByTheCommandOfItsDirectory(String changed, String ran) throws Exception {
    Plan plan =
        run(
            PARTS.formatted(ENV, "'usual'")
                + "FixLoop.tried(env, tests)\nreturn [FixLoop.untilGreen(env, tests, 2).passed, Tests.facts(env, tests).size()]",
            Map.of("Diff", changed.replace(", ", "\n")));

    assertThat(commands(plan).getFirst()).isEqualTo("null: usual");
    assertThat(String.join("; ", commands(plan).subList(1, commands(plan).size()))).isEqualTo(ran);
    assertThat(value(plan)).isEqualTo(List.of(true, ran.split("; ", -1).length));
  }

  @Test
  void theFirstPartThatFailsGoesToAnAgent() throws Exception {
    Plan plan =
        run(
            PARTS.formatted(ENV, "null")
                + "FixLoop.tried(env, tests)\nreturn FixLoop.untilGreen(env, tests, 1).passed",
            Map.of(
                "Diff",
                "services/api/f\nservices/f\ntop",
                "Exec",
                List.of(FAILED, Map.of("exit_code", 0), Map.of("exit_code", 0))));

    assertThat(value(plan)).isEqualTo(true);
    assertThat(prompts(plan))
        .singleElement()
        .asString()
        .contains("`make` fails in the directory services with");
    assertThat(commands(plan))
        .containsExactly("services: make", "services: make", "services/api: npm test");
  }

  @Test
  void aDirectoryThatTheWorkRemovedIsNotTested() throws Exception {
    Map<String, Object> gone =
        Map.of("type", "DirectoryNotFound", "path", "services/api", "worktree", "/w", "found", "x");
    Plan plan =
        run(
            PARTS.formatted(ENV, "null") + "return FixLoop.untilGreen(env, tests, 1).passed",
            Map.of(
                "Diff",
                "libs/v1.2/f\nservices/api/f\nservices/f",
                "Exec",
                List.of(
                    FAILED, Map.of("exit_code", 0), Map.of("exit_code", 0), Map.of("fail", gone))));

    assertThat(value(plan)).isEqualTo(true);
    assertThat(prompts(plan)).hasSize(1);
    assertThat(commands(plan).getLast()).isEqualTo("services/api: npm test");
  }

  @Test
  void whereNothingIsToBeTestedNothingIs() throws Exception {
    Plan plan =
        run(
            PARTS.formatted(ENV, "null") + "return FixLoop.untilGreen(env, tests, 1) == null",
            Map.of("Diff", "top"));

    assertThat(value(plan)).isEqualTo(true);
    assertThat(commands(plan)).isEmpty();
  }

  @Test
  void aReviewGoesOnUntilItApproves() throws Exception {
    Plan plan =
        run(
            "import conductor.flow.Review\n" + ENV + "Review.untilApproved(env, issue, 5)",
            Map.of(
                "RunAgent review-1",
                Map.of("approved", false, "objections", List.of("no tests")),
                "RunAgent review-2",
                Map.of("approved", true, "objections", List.of())));

    assertThat(value(plan)).isEqualTo(Map.of("approved", true, "objections", List.of()));
    assertThat(prompts(plan)).hasSize(3);
    assertThat(prompts(plan).get(1)).contains("- no tests");
  }

  @Test
  void aReviewThatNeverApprovesIsTheLastVerdict() throws Exception {
    Plan plan =
        run(
            "import conductor.flow.Review\n" + ENV + "Review.untilApproved(env, issue, 2).approved",
            Map.of("RunAgent", Map.of("approved", false, "objections", List.of("x"))));

    assertThat(value(plan)).isEqualTo(false);
  }

  @Test
  void aQuorumGoesByTheMajority() throws Exception {
    Plan plan =
        run(
            "import conductor.flow.Quorum\n" + ENV + "Quorum.review(env, issue, ['a', 'b', 'c'])",
            Map.of("RunAgent reviewer-2", Map.of("approved", false, "objections", List.of("x"))));

    var result = (Map<?, ?>) value(plan);
    assertThat(result.get("approved")).isEqualTo(true);
    assertThat(result.get("votes")).isEqualTo(2);
    assertThat(result.get("needed")).isEqualTo(2);
    assertThat(result.get("objections")).isEqualTo(List.of("x"));
  }

  /** P16: k of n decide, whoever fails, and the result says why the others did not approve. */
  @Test
  void aReviewerThatFailsDoesNotFailAQuorumThatIsThere() throws Exception {
    Plan plan =
        run(
            "import conductor.flow.Quorum\n" + ENV + "Quorum.review(env, issue, 3, 1)",
            Map.of(
                "RunAgent reviewer-2",
                Map.of("approved", false, "objections", List.of("x")),
                "RunAgent reviewer-3",
                Map.of("fail", "gone")));

    var result = (Map<?, ?>) value(plan);
    assertThat(result.get("approved")).isEqualTo(true);
    assertThat(String.valueOf(result.get("verdicts")))
        .contains("vote=rejected, reasons=[x]", "name=reviewer-3, vote=failed", "gone");
    assertThat(prompts(plan)).hasSize(3);
  }

  /** P16: where those that failed could decide they are asked again, so that a resume asks them. */
  @Test
  void aQuorumThatIsNotThereForFailuresAloneAsksThoseAgain() throws Exception {
    String text = "import conductor.flow.Quorum\n" + ENV + "Quorum.review(env, issue, 2, 2).votes";
    var yes = Map.of("approved", true, "objections", List.of());
    var no = Map.of("fail", "gone");

    Plan mended = run(text, Map.of("RunAgent reviewer-2", List.of(no, yes)));
    assertThat(value(mended)).isEqualTo(2);
    assertThat(prompts(mended)).hasSize(3);
    assertThat(error(run(text, Map.of("RunAgent reviewer-2", no))))
        .isInstanceOf(HandlerFailed.class);
    assertThat(error(run(text.replace("2, 2", "2, 3"), Map.of())))
        .hasMessageContaining("3 of 2 reviewers cannot approve");
  }

  @Test
  void aWindowKeepsTheOrderAndTheWidth() throws Exception {
    Plan plan =
        run(
            """
            import conductor.flow.Window
            def now = 0
            def most = 0
            def values = Window.map(1..7, 3) {
              most = Math.max(most, ++now)
              yield Exec("work $it")
              now--
              it * 10
            }
            [values, most, Window.map([], 3) { it }]
            """,
            Map.of());

    assertThat(value(plan)).isEqualTo(List.of(List.of(10, 20, 30, 40, 50, 60, 70), 3, List.of()));
    assertThat(plan.asked())
        .filteredOn(one -> one.effect() instanceof CommandEffect.Exec)
        .hasSize(7);
  }

  @Test
  void aWindowRefusesNoWidthAndFailsWithItsFirstFailure() throws Exception {
    String imports = "import conductor.flow.Window\n";
    assertThat(error(run(imports + "Window.map([1], 0) { it }", Map.of())))
        .hasMessage("a window is at least 1 wide, found 0");
    assertThat(
            error(
                run(
                    imports + "Window.map([1, 2], 1) { yield Exec('x') }",
                    Map.of("Exec", Map.of("fail", "no")))))
        .isInstanceOf(HandlerFailed.class);
  }

  @Test
  void aRetryWaitsLongerEachTime() throws Exception {
    Plan plan =
        run(
            """
            import conductor.flow.Retry
            Retry.backingOff(first: '2s', most: '5s') { yield Exec('x') }.passed
            """,
            Map.of(
                "Exec",
                List.of(
                    Map.of("fail", "1"),
                    Map.of("fail", "2"),
                    Map.of("fail", "3"),
                    Map.of("exit_code", 0))));

    assertThat(value(plan)).isEqualTo(true);
    assertThat(plan.asked())
        .map(Asked::effect)
        .filteredOn(RecordedEffect.Sleep.class::isInstance)
        .map(sleep -> ((RecordedEffect.Sleep) sleep).duration())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(5));
  }

  @Test
  void aRetryGivesUpAndLeavesOtherFailuresAlone() throws Exception {
    String text = "import conductor.flow.Retry\nRetry.backingOff(%s) { yield Exec('x') }";
    Map<String, ?> failing = Map.of("Exec", Map.of("fail", "no"));

    Plan tired = run(text.formatted("times: 3, first: 0.01"), failing);
    assertThat(error(tired)).isInstanceOf(HandlerFailed.class);
    assertThat(tired.asked())
        .filteredOn(one -> one.effect() instanceof CommandEffect.Exec)
        .hasSize(3);
    Plan other = run(text.formatted("on: ExecFailed"), failing);
    assertThat(other.asked()).hasSize(1);
    assertThat(error(run(text.formatted("tries: 3"), Map.of())))
        .hasMessageStartingWith("backingOff has no option 'tries'");
  }
}
