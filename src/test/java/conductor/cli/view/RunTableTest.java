package conductor.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.view.RunTable.Column;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** N-friction 4, 5: the columns of {@code ps}, and what becomes of them where there is no room. */
class RunTableTest {

  private static final RunTable.Row ASKS =
      new RunTable.Row(
          Map.of(
              Column.ID, "wf-aaaaaa",
              Column.STATUS, "blocked",
              Column.AGE, "3m10s ago",
              Column.NAME, "reviewed_pr",
              Column.REPO, "shop",
              Column.COST, "$1.20",
              Column.PR, "#42"),
          List.of("? Release it?  [yes, no]", "ISSUE-001", "reviewing: 2 of 3"));

  private static final RunTable.Row PLAIN =
      new RunTable.Row(
          Map.of(
              Column.ID, "wf-bbbbbb",
              Column.STATUS, "done",
              Column.AGE, "1.0s ago",
              Column.NAME, "ask",
              Column.REPO, "shop"),
          List.of());

  @Test
  void allIsThereWhereThereIsRoom() {
    assertThat(RunTable.lines(List.of(ASKS, PLAIN)))
        .containsExactly(
            "wf-aaaaaa  blocked  3m10s ago  reviewed_pr  shop  $1.20  #42  ? Release it?  [yes, no]"
                + "  ISSUE-001  reviewing: 2 of 3",
            "wf-bbbbbb  done     1.0s ago   ask          shop");
  }

  @Test
  void columnsWithoutAnythingInThemAreLeftOut() {
    assertThat(RunTable.lines(List.of(PLAIN)))
        .containsExactly("wf-bbbbbb  done  1.0s ago  ask  shop");
  }

  @Test
  void theQuestionIsSeenOnEightyColumns() {
    assertThat(RunTable.lines(List.of(ASKS, PLAIN), new Screen(80, 24)))
        .containsExactly(
            "wf-aaaaaa  blocked  3m10s ago  reviewed_pr  $1.20  #42  ? Release it?  [yes, no…",
            "wf-bbbbbb  done     1.0s ago   ask");
  }

  @Test
  void whatItIsAndHowItStandsIsSeenOnTwentyColumns() {
    assertThat(RunTable.lines(List.of(ASKS, PLAIN), new Screen(20, 24)))
        .containsExactly("wf-aaaaaa  blocked …", "wf-bbbbbb  done");
  }

  /** N8: what strangers wrote neither breaks a line nor moves what stands beside it. */
  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void whatStrangersWroteIsHarmless(int width) {
    String evil = "x\u001b[2J\u001b]0;t\u0007\r\n\u202ey\t漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字";
    var cells =
        Map.of(Column.ID, "wf-cccccc", Column.STATUS, "done", Column.NAME, evil, Column.PR, evil);
    var row = new RunTable.Row(cells, List.of(evil, "", evil));

    List<String> lines = RunTable.lines(List.of(row, PLAIN), new Screen(width, 24));

    assertThat(lines)
        .hasSize(2)
        .allSatisfy(line -> {
          assertThat(line.chars()).noneMatch(c -> Character.isISOControl(c) || c == '\u202e');
          assertThat(Screen.columns(line)).isLessThanOrEqualTo(width);
        });
    assertThat(RunTable.lines(List.of(row)).getFirst()).startsWith("wf-cccccc  done  x y 漢字");
  }
}
