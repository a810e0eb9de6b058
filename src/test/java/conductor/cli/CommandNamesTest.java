package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type who know other programs. */
class CommandNamesTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
  }

  @Test
  void helpIsACommandToo() {
    assertThat(project.conductor("help").ok().out())
        .isEqualTo(project.conductor("--help").ok().out())
        .contains("init", "conductor help COMMAND");
    assertThat(project.conductor("help", "run").ok().out())
        .isEqualTo(project.conductor("run", "--help").ok().out());
    assertThat(project.conductor("help", "env", "list").ok().out())
        .isEqualTo(project.conductor("env", "list", "--help").ok().out());
    assertThat(project.conductor("help", "nothing").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void versionIsACommandToo() {
    assertThat(project.conductor("version").ok().out())
        .isEqualTo(project.conductor("--version").ok().out());
  }

  @ParameterizedTest
  @CsvSource({"list, ps", "status, show RUN", "cancel, stop", "retry, resume", "setup, init"})
  void theNameOfAnotherProgramLeadsToOurs(String name, String ours) {
    Project.Result refused = project.conductor(name);

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("there is no '" + name + "'", "'conductor " + ours);
  }
}
