package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a run while it goes on, and as it was left. */
class LiveTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** Friction 6. */
  @Test
  void theLastLineOfACommandStandsBelowIt() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            "yield Exec('echo first; echo working; echo x > $LEDGER; while ! [ -e go ]; do sleep 0.1; done')");
    Process process = project.start("run", flow.toString());
    try {
      Project.await(project.ledger, process::isAlive);
      assertThat(project.conductor("show", project.onlyRun()).ok().out())
          .containsPattern("→ 1 Exec .*\\n.*\\n? *│ working\\n")
          .doesNotContain("│ first");
    } finally {
      project.sh(project.repo, "touch go");
      assertThat(process.waitFor()).isZero();
    }
  }

  /** P20. */
  @Test
  void aFailureThatTryTookIsNoFailedStep() throws Exception {
    project.flow("yield Try(Exec('exit 1', check: true))").ok();

    assertThat(project.conductor("show", project.onlyRun()).ok().out())
        .contains("✓ 1 Try", "✗ 1.0.1 Exec");
  }

  /** N7: what was drawn last says how the run and its agents were left. */
  @Test
  void afterCtrlCNoAgentIsShownRunning() throws Exception {
    project.agent("cat > /dev/null; echo thinking; sleep 1000");
    project.file(
        "repo/flow.groovy",
        "yield RunAgent(env: yield(CreateWorktree(name: 'x')), prompt: 'p', name: 'impl')");
    Map<String, String> plain = Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8");
    try (var pane = new Pane(project, 60, 30, plain, "run", "./flow.groovy", "--watch")) {
      pane.await("agent impl +running +\\S+ +thinking").press("C-c");
      pane.await(
          "\\Qinterrupted\\E +flow[^=]*agent impl +(?!running)\\w+[^\\n]*\\n[^=]*is interrupted: go on");
      pane.await("^EXIT 130$");
    }
  }
}
