package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What came first counts, not what conductor looked at first. */
@Timeout(120)
class OutcomesInTimeTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** F22, A61: the deadline passed as well while nobody looked. */
  @ParameterizedTest
  @ValueSource(strings = {"RunAgent(env: env, prompt: 'go')", "Exec('bash %s/agent.sh')"})
  void whatEndedBeforeADeadlineEndedInTime(String effect) throws Exception {
    project.agent(
        "touch %s/begun; echo x > %s/begun; sleep 1; echo answer; echo x > %s/ended"
            .formatted(temp, temp, temp));
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree(name: 'n')
            def first = yield Race(work: %s, late: { yield Sleep('8s'); 'too late' })
            return first instanceof String ? first.trim() : first.output.trim()
            """
                .formatted(effect.formatted(temp)));
    Process process = project.start("run", flow.toString());
    Project.await(temp.resolve("begun"), process::isAlive);
    process.destroyForcibly().waitFor();
    project.sh(
        "until [ -s ended ] && find ended ! -newermt '-8 seconds' | grep -q .; do sleep 0.1; done");

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("answer\n");
  }

  /** A16. */
  @Test
  void anAgentThatOnlyWritesFilesIsAtWork() throws Exception {
    project.agent(
        "for i in 1 2 3 4 5 6 7 8; do echo $i > work.txt; sleep 0.5; done; echo finished");

    assertThat(
            project
                .flow(
                    "def env = yield CreateWorktree()\nreturn yield RunAgent(env: env, prompt: 'x', idle_timeout: '2s')")
                .ok()
                .out())
        .isEqualTo("finished\n");
  }
}
