package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code Status} says how much is done. */
class StatusTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void howMuchIsDoneIsShownWhereTheStatusIs() throws Exception {
    Project.Result ran =
        project.flow(
            "yield Status('reviewing', detail: 'all', done: 0, total: 3)\n"
                + "yield Status('reviewing', 'all', done: 2, total: 3)");
    String run = project.onlyRun();

    assertThat(ran.err()).contains("== [0/3] 0%  reviewing: all", "== [2/3] 66%  reviewing: all");
    assertThat(project.conductor("ps").out()).contains("[2/3] 66%  reviewing: all");
    assertThat(project.conductor("show", run).out()).contains("== [2/3] 66%  reviewing: all\n");
    assertThat(project.conductor("watch", run).out()).contains("== [2/3] 66%  reviewing: all\n");
    JsonNode progress = project.conductor("show", run, "--json").json().path("progress");
    assertThat(progress.path("done").asInt()).isEqualTo(2);
    assertThat(progress.path("total").asInt()).isEqualTo(3);
    assertThat(project.conductor("ps", "--json").json().get(0).path("progress"))
        .isEqualTo(progress);
  }

  @Test
  void aStatusMaySayLess() throws Exception {
    assertThat(project.flow("yield Status('looking', done: 5)").err()).contains("== [5]  looking");
    assertThat(project.flow("yield Status('nothing', done: 0, total: 0)").err())
        .contains("== [0/0] 100%  nothing");
    assertThat(project.flow("yield Status('plain')").err()).contains("== plain");
    assertThat(project.conductor("ps", "--json").json().get(0).path("progress").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "done: -1, total: 3 | done must be 0 or more, found -1",
        "done: 4, total: 3 | done must not be more than total, found 4 of 3",
        "total: 3 | give done too, found total 3 alone",
        "done: 1.5, total: 3 | done",
        "done: 'many' | done",
      })
  void whatCannotBeIsRefused(String arguments, String message) throws Exception {
    Project.Result refused = project.flow("yield Status('x', " + arguments + ")");

    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("flow.groovy:1", message);
  }
}
