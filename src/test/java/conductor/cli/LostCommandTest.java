package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code on_crash} says of a command that died with its host. */
class LostCommandTest {

  private static final String COMMAND =
      "echo ran >> $LEDGER; test -e second && exit 0; touch second; echo $$ > pid; exec sleep 1000";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void setUp() throws Exception {
    project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
  }

  /** A run whose conductor and command were killed. */
  private String lost(String onCrash) throws Exception {
    Path flow =
        project.file(
            "flow.groovy", "return (yield Exec('%s'%s)).passed".formatted(COMMAND, onCrash));
    Process process = project.start("run", flow.toString());
    Project.await(project.repo.resolve("pid"), process::isAlive);
    process.destroyForcibly().waitFor();
    project.sh("env kill -9 -- -$(ps -o pgid= -p $(cat repo/pid) | tr -d ' ')");
    return project.onlyRun();
  }

  @Test
  void byDefaultNobodyCanTellWhetherItHappened() throws Exception {
    Project.Result resumed = project.conductor("resume", lost(""));

    assertThat(resumed.code()).isEqualTo(Exit.FAILED);
    assertThat(resumed.err()).contains("flow.groovy:1:15: Indeterminate: Exec at 1 was under way");
    assertThat(project.ledger()).containsExactly("ran");
    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("true\n");
  }

  @Test
  void rerunRunsItAgain() throws Exception {
    assertThat(project.conductor("resume", lost(", on_crash: 'rerun'")).ok().out())
        .isEqualTo("true\n");
    assertThat(project.ledger()).containsExactly("ran", "ran");
  }

  @Test
  void askAsksAPerson() throws Exception {
    String run = lost(", on_crash: 'ask'");

    assertThat(project.conductor("resume", run, "--no-wait").code()).isEqualTo(Exit.BLOCKED);
    assertThat(project.conductor("gates").out())
        .contains(run + " 1  The command was lost", "[rerun, fail]");
    assertThat(project.ledger()).containsExactly("ran");
    project.conductor("answer", run, "rerun").ok();

    assertThat(project.conductor("resume", run).ok().out()).isEqualTo("true\n");
    assertThat(project.ledger()).containsExactly("ran", "ran");
    assertThat(project.conductor("gates").out()).isEmpty();
  }
}
