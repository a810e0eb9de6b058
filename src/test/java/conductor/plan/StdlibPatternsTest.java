package conductor.plan;

import static conductor.plan.PlannedScript.error;
import static conductor.plan.PlannedScript.value;
import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.RecordedEffect;
import conductor.simulation.Asked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the patterns share of the standard library, in the real engine with answers made up. */
class StdlibPatternsTest {

  private static final Map<String, Object> FAILED = Map.of("exit_code", 1, "passed", false);

  private static final String ISSUE =
      "def issue = yield GetIssue('ISSUE-001') // conductor: allow\n";

  @TempDir private Path scratch;

  private Plan run(String text, Map<String, ?> stubs) throws InterruptedException {
    return PlannedScript.of("import conductor.flow.*\n" + text, stubs, scratch);
  }

  @Test
  void aPollWaitsBetweenLooksAndGivesWhatItSaw() throws Exception {
    Plan plan =
        run(
            "Poll.until(every: '2s', timeout: '1h') { def r = yield Exec('x'); r.passed ? r.exitCode + 7 : null }",
            Map.of("Exec", List.of(FAILED, FAILED, Map.of("exit_code", 0))));

    assertThat(value(plan)).isEqualTo(7);
    assertThat(plan.asked())
        .map(Asked::effect)
        .filteredOn(RecordedEffect.Sleep.class::isInstance)
        .map(sleep -> ((RecordedEffect.Sleep) sleep).duration())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  /** What came about in the last wait, or while no process ran, is still seen. */
  @Test
  void aPollLooksOnceMoreAfterItsTime() throws Exception {
    String text =
        """
        def times = [0, 1, 5, 12].collect { Instant.ofEpochSecond(it) }
        def looks = 0
        handling(Now: { effect, perform -> times.pop() }) {
          Poll.until(every: '3s', timeout: '10s') { ++looks == %d }
        }
        """;

    assertThat(value(run(text.formatted(3), Map.of()))).isEqualTo(true);
    assertThat(error(run(text.formatted(4), Map.of())))
        .hasMessage("nothing came about in 10 s; looked 3 times");
    assertThat(error(run("Poll.until(evry: 1) { true }", Map.of())))
        .hasMessage("until has no option 'evry'; it has every, timeout");
  }

  @Test
  void aSagaUndoesTheLastStepFirstAndTellsOfWhatStays() throws Exception {
    Plan plan =
        run(
            """
            def seen = []
            try {
              Saga.run { saga ->
                saga.step('a', { 1 }, { seen << "undo a $it".toString() })
                saga.step('b', { 2 }, { throw new IllegalStateException('stuck') })
                saga.step('c', { 3 }, { seen << "undo c $it".toString() })
                saga.step('d', { yield Exec(command: 'x', check: true) }, { seen << 'never' })
              }
            } catch (SagaFailed e) {
              return [seen, e.undone, e.kept, e.message]
            }
            """,
            Map.of("Exec", Map.of("fail", "no")));

    assertThat(value(plan).toString())
        .startsWith("[[undo c 3, undo a 1], [c, a], {b=stuck}, ")
        .endsWith("; undone: c, a; NOT undone: b: stuck]");
  }

  /** A command that died with its host may have done its work. */
  @Test
  void aSagaUndoesAStepOfWhichNobodyKnows() throws Exception {
    Plan plan =
        run(
            """
            def seen = []
            try {
              Saga.run { saga -> saga.step('a', { throw new Indeterminate('1', 'Exec') }, { seen << "undo $it".toString() }) }
            } catch (SagaFailed e) {
              return seen + e.undone
            }
            """,
            Map.of());

    assertThat(value(plan)).isEqualTo(List.of("undo null", "a"));
  }

  @Test
  void aSagaThatIsDoneUndoesNothing() throws Exception {
    Plan plan =
        run(
            "Saga.run { saga -> saga.step('a', { 1 }, { throw new Exception('no') }) + 1 }",
            Map.of());

    assertThat(value(plan)).isEqualTo(2);
  }

  @Test
  void theBestIsChosenAmongThoseThatPass() throws Exception {
    Plan plan =
        run(
            ISSUE
                + """
                def good = BestOf.attempts(issue, ['x', null, 'z'], 'make')
                [good*.branch, BestOf.judged(issue, good).why]
                """,
            Map.of(
                "RunAgent attempt-2", Map.of("fail", "no"),
                "RunAgent judge", Map.of("best", 2, "why", "neat")));

    assertThat(value(plan).toString())
        .contains("attempt-1", "attempt-3", "neat")
        .doesNotContain("attempt-2");
    assertThat(error(run(ISSUE + "BestOf.judged(issue, [])", Map.of())))
        .hasMessageStartingWith("no attempt at ");
  }

  @Test
  void aChecklistTicksOneTask() throws Exception {
    String text =
        """
        def text = '# Plan\\r\\n- [x] done\\n  * [ ] a (b) $1\\n- [ ] a (b) $1\\n+ [ ]\\n- [ ] c\\n'
        def after = Checklist.tick(text, 'a (b) $1')
        [Checklist.open(text), after, Checklist.tick(text, 'none') == text]
        """;

    assertThat(value(run(text, Map.of())))
        .isEqualTo(
            List.of(
                List.of("a (b) $1", "a (b) $1", "c"),
                "# Plan\r\n- [x] done\n  * [x] a (b) $1\n- [ ] a (b) $1\n+ [ ]\n- [ ] c\n",
                true));
  }
}
