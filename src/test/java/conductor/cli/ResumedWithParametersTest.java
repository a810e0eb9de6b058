package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code resume --param}, on real runs. */
class ResumedWithParametersTest {

  private static final String FLOW =
      """
      @Param int rounds = 1
      @Param String word = 'one'
      yield Exec("echo ${word} >> \\$LEDGER")
      yield Exec("test ${rounds} -gt 2", check: true)
      return "${word} ${rounds}"
      """;

  @TempDir private Path temp;
  private Project project;
  private String run = "";

  @BeforeEach
  void aFailedRun() throws Exception {
    project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
    Path file = project.file("flow.groovy", FLOW);
    assertThat(project.conductor("run", file.toString()).code()).isEqualTo(Exit.FAILED);
    run = project.onlyRun();
  }

  @Test
  void whatIsRecordedStaysAndTheRestHasTheNewParameters() throws Exception {
    project.file("flow.groovy", "return 'edited meanwhile'");

    assertThat(project.conductor("resume", run, "--param", "rounds=3").ok().out())
        .isEqualTo("one 3\n");

    assertThat(project.ledger()).containsExactly("one");
    assertThat(
            project.conductor("show", run, "--json").json().path("params").path("rounds").asInt())
        .isEqualTo(3);
  }

  @Test
  void theParametersStayWithTheRun() {
    assertThat(project.conductor("resume", run, "--params", "{\"rounds\": 2}").code())
        .isEqualTo(Exit.FAILED);
    assertThat(project.conductor("resume", run, "--param", "rounds=2").code())
        .isEqualTo(Exit.FAILED);

    assertThat(project.conductor("resume", run).err()).contains("'test 2 -gt 2' ended");
  }

  @Test
  void whereSomethingRecordedWouldChangeItIsToldAndNothingIsChanged() throws Exception {
    Path trace = project.state.run(run).trace();
    String before = Files.readString(trace);

    Project.Result refused =
        project.conductor("resume", run, "--param", "rounds=3", "--param", "word=two", "--yes");

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err())
        .contains(
            "the script with these parameters goes another way at 1",
            "dropped: 1 Exec",
            "nothing was changed",
            "resume " + run + " --edited");
    assertThat(Files.readString(trace)).isEqualTo(before);
    assertThat(project.ledger()).containsExactly("one");

    Project.Result edited =
        project.conductor(
            "resume", run, "--edited", "--param", "rounds=3", "--param", "word=two", "--yes");
    assertThat(edited.ok().out()).isEqualTo("two 3\n");
    assertThat(project.ledger()).containsExactly("one", "two");
  }

  @Test
  void whatIsNoParameterIsRefusedAndNothingIsChanged() throws Exception {
    Path trace = project.state.run(run).trace();
    String before = Files.readString(trace);

    assertThat(project.conductor("resume", run, "--param", "round=3").err()).contains("round");
    assertThat(project.conductor("resume", run, "--param", "rounds=many").code())
        .isEqualTo(Exit.USAGE);
    assertThat(project.conductor("resume", run, "--params", "[3]").code()).isEqualTo(Exit.USAGE);

    assertThat(Files.readString(trace)).isEqualTo(before);
    project.conductor("resume", run, "--param", "rounds=3").ok();
    assertThat(project.conductor("resume", run, "--param", "rounds=4").err())
        .contains(run + " is done, there is nothing to resume");
  }
}
