package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code resume --edited}, on real runs. */
class EditedTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void setUp() throws Exception {
    project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
  }

  private Path flow(String text) throws Exception {
    return project.file("flow.groovy", text);
  }

  @Test
  void aFailedRunGoesOnWithTheCorrectedScript() throws Exception {
    Path file = flow("yield Exec('echo one >> $LEDGER')\nyield Exec('fals', check: true)\n");
    assertThat(project.conductor("run", file.toString()).code()).isEqualTo(Exit.FAILED);
    flow("yield Exec('echo one >> $LEDGER')\nyield Exec('true', check: true)\nreturn 'fine'\n");
    String run = project.onlyRun();

    Project.Result asked = project.conductor("resume", run, "--edited");
    assertThat(asked.code()).isEqualTo(Exit.USAGE);
    assertThat(asked.err()).contains("kept:    1 Exec", "dropped: 2 Exec", "give --yes to go on");

    Project.Result resumed = project.conductor("resume", run, "--edited", "--yes");
    assertThat(resumed.ok().out()).isEqualTo("fine\n");
    assertThat(project.ledger()).containsExactly("one");
  }

  /** N-friction 8: of two long texts only the place is shown in which they differ. */
  @Test
  void theDifferenceIsShort() throws Exception {
    String text = "yield Exec('echo %s')\nyield Exec('false', check: true)\n";
    String same = "x".repeat(300);
    Path file = flow(text.formatted(same + "one" + same));
    project.conductor("run", file.toString());
    flow(text.formatted(same + "two" + same));

    Project.Result asked = project.conductor("resume", project.onlyRun(), "--edited");

    assertThat(asked.err())
        .containsPattern("(?m)^  - command: …x{20}onex{57}…$")
        .containsPattern("(?m)^  \\+ command: …x{20}twox{57}…$");
    assertThat(asked.err().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(140));

    flow("return '" + same + "'\n");
    assertThat(project.conductor("resume", project.onlyRun(), "--edited").err())
        .contains("  - Exec {", " … ", "  + the workflow ends before it asks for anything here");
  }

  @Test
  void anErrorOfTheScriptItselfIsCorrected() throws Exception {
    Path file = flow("def n = yield Exec('echo one >> $LEDGER')\nreturn n.output.nonsense\n");
    assertThat(project.conductor("run", file.toString()).code()).isEqualTo(Exit.FAILED);
    String run = project.onlyRun();
    Project.Result hopeless = project.conductor("resume", run);
    assertThat(hopeless.code()).isEqualTo(Exit.USAGE);
    assertThat(hopeless.err()).contains("conductor resume " + run + " --edited");
    flow("def n = yield Exec('echo one >> $LEDGER')\nreturn n.exit_code\n");

    assertThat(project.conductor("resume", run, "--edited").ok().out()).isEqualTo("0\n");
    assertThat(project.ledger()).containsExactly("one");
  }

  @Test
  void theEditedScriptIsWhatTheRunKeepsFromThen() throws Exception {
    Path file = flow("yield Exec('test -e go', check: true)\nreturn 'old'\n");
    project.conductor("run", file.toString());
    String run = project.onlyRun();
    Path other =
        project.file("other.groovy", "yield Exec('test -e go', check: true)\nreturn 'new'\n");
    assertThat(project.conductor("resume", run, "--edited", other.toString(), "--yes").code())
        .isEqualTo(Exit.FAILED);
    Files.delete(other);
    Files.createFile(project.repo.resolve("go"));

    assertThat(project.conductor("resume", run).ok().out()).as("law 11").isEqualTo("new\n");
  }

  @Test
  void whatWasUnderWayWhereTheScriptDiffersIsEnded() throws Exception {
    Path file = flow("yield Exec('echo $$ > pid; exec sleep 1000')\n");
    Process process = project.start("run", file.toString());
    Project.await(project.repo.resolve("pid"), process::isAlive);
    process.destroyForcibly().waitFor();
    long pid = Long.parseLong(Files.readString(project.repo.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid)).isPresent();
    flow("return 'short'\n");

    Project.Result resumed = project.conductor("resume", project.onlyRun(), "--edited", "--yes");

    assertThat(resumed.ok().out()).isEqualTo("short\n");
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).as("law 9").isEmpty();
  }

  @Test
  void whatDoesNotWorkIsToldAndNothingIsChanged() throws Exception {
    Path file = flow("yield Exec('false', check: true)\n");
    project.conductor("run", file.toString());
    String run = project.onlyRun();
    Path trace = project.state.run(run).trace();
    String before = Files.readString(trace);

    flow("yield Exek('false')\n");
    Project.Result bad = project.conductor("resume", run, "--edited", "--yes");
    assertThat(bad.code()).isEqualTo(Exit.USAGE);
    assertThat(bad.err()).contains("flow.groovy:1:7: unknown effect 'Exek'");
    Project.Result gone = project.conductor("resume", run, "--edited", "gone.groovy", "--yes");
    assertThat(gone.code()).isEqualTo(Exit.USAGE);
    assertThat(gone.err()).contains("there is no file");
    flow("@Param String needed\nyield Exec('false')\n");
    assertThat(project.conductor("resume", run, "--edited", "--yes").err())
        .contains("needs the parameter 'needed'");

    assertThat(Files.readString(trace)).isEqualTo(before);
    flow("return 1");
    project.conductor("resume", run, "--edited", "--yes").ok();
    Project.Result done = project.conductor("resume", run, "--edited", "--yes");
    assertThat(done.code()).isEqualTo(Exit.USAGE);
    assertThat(done.err()).contains("is done, there is nothing to resume", "conductor fork " + run);
  }
}
