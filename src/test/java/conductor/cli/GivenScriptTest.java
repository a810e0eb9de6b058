package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workflow that is in no file. */
class GivenScriptTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void aScriptMayBeGivenOnTheCommandLine() throws Exception {
    assertThat(project.conductor("run", "-e", "return 6 * 7", "--quiet").ok().out())
        .isEqualTo("42\n");
    String id = project.onlyRun();
    assertThat(
            Files.readString(
                project.state.root().resolve("workflows/" + id + "/source/main.groovy")))
        .isEqualTo("return 6 * 7");
    Project.Result failed = project.conductor("run", "-e", "yield Exec('exit 3', check: true)");
    assertThat(failed.code()).isEqualTo(Exit.FAILED);
    assertThat(failed.err()).contains("-:1:7: ExecFailed: ");
    for (String[] wrong :
        new String[][] {{"run"}, {"run", "basic_pr", "-e", "1"}, {"run", "-", "--issue", "-"}}) {
      assertThat(project.conductor(wrong).code()).isEqualTo(Exit.USAGE);
    }
  }
}
