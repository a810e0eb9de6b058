package conductor.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A summary that fits a comment on a pull request, whatever a run did. */
class ReportSummaryTest {

  private static Report report(int effects, String words, String error) {
    List<Report.Step> steps =
        IntStream.rangeClosed(1, effects)
            .mapToObj(n ->
                new Report.Step(
                    "" + n,
                    0,
                    "",
                    "Exec",
                    "done",
                    n + " " + words,
                    Instant.EPOCH,
                    false,
                    "1 s",
                    List.of(),
                    List.of(),
                    ""))
            .toList();
    return new Report(
        "flow",
        "wf-1",
        "",
        "running",
        "",
        List.of(new Report.Fact("Began", "now")),
        error,
        "",
        null,
        List.of(),
        List.of(),
        steps,
        new Report.Times(List.of(), List.of()),
        List.of(),
        List.of(),
        List.of(),
        new Report.Script("", List.of()),
        "Made by conductor");
  }

  @Test
  void allEffectsOfAShortRunAreNamed() {
    assertThat(ReportSummary.of(report(12, "a | b", "")))
        .contains("| ✓ | `Exec` | `1 a \\| b` | 1 s |\n", "`12 a \\| b`")
        .doesNotContain("left out");
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 5_000, 100_000})
  void ofALongRunTheFirstAndTheLastAreNamed(int effects) {
    String summary = ReportSummary.of(report(effects, "word ".repeat(30), ""));
    assertThat(summary)
        .hasSizeLessThanOrEqualTo(60_000)
        .containsSubsequence(
            "| `1 word", "| `2 word", "more are left out |", "| `%d word".formatted(effects))
        .endsWith("Made by conductor\n");
    long rows = summary.lines().filter(line -> line.startsWith("| ✓ |")).count();
    assertThat(summary).contains("%,d more are left out".formatted(effects - rows));
  }

  @Test
  void longTextsAreCut() {
    String summary = ReportSummary.of(report(1_000, "`|\n".repeat(50_000), "x\n".repeat(50_000)));
    assertThat(summary).hasSizeLessThanOrEqualTo(60_000).contains("x\n…\n```\n");
  }
}
