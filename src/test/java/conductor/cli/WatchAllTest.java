package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} without a run: one view of all that are at work. */
@Timeout(120)
class WatchAllTest {

  private static final String WAITS =
      "yield Exec('echo %1$s says; while ! [ -e %1$s ]; do sleep 0.1; done')";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @AfterEach
  void letGo() throws Exception {
    project.sh(project.repo, "touch first second");
  }

  private void started(String name) throws Exception {
    Path flow = project.file("repo/" + name + ".groovy", WAITS.formatted(name));
    project.conductor("run", flow.toString(), "--detach", "--name", name).ok();
  }

  @Test
  void aTerminalShowsEachRunAndWhatItDoesUntilNoneIsLeft() throws Exception {
    started("first");
    Map<String, String> plain = Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8");
    try (var pane = new Pane(project, 60, 20, plain, "watch")) {
      pane.await("running +first.*\\n.*Exec.*\\n[^=]*│ first says");
      started("second");
      pane.await("running +second[^=]*│ second says");
      project.sh(project.repo, "touch first");
      pane.await("│ second says[^F]*$");
      project.sh(project.repo, "touch second");
      pane.await("^EXIT 0$");
    }
  }

  /** Twenty columns, a terminal that can do nothing, and no colours. */
  @Test
  void aNarrowAndDumbTerminalIsWrittenTo() throws Exception {
    started("first");
    started("second");
    Map<String, String> dumb = Map.of("TERM", "dumb", "NO_COLOR", "1", "LANG", "C.UTF-8");
    try (var pane = new Pane(project, 20, 6, dumb, "watch")) {
      pane.await("wf-");
      project.sh(project.repo, "touch first second");
      pane.await("^EXIT 0$");
    }
  }

  @Test
  void elsewhereThereIsALineForEachChangeOfEachRun() throws Exception {
    assertThat(project.conductor("watch").ok().err()).contains("no run is at work");
    started("first");
    started("second");

    Process process = project.start("watch");
    Project.await(project.root.resolve("out"), process::isAlive);
    project.sh(project.repo, "touch first second");

    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(project.root.resolve("out")))
        .containsPattern("wf-\\w+ 1 Exec running echo first says")
        .containsPattern("wf-\\w+ 1 Exec running echo second says")
        .containsPattern("(wf-\\w+) 1 Exec done exit code 0 +first says\\n(?s:.*)\\1 done");
    assertThat(project.conductor("watch", "--agent", "coder").code()).isEqualTo(Exit.USAGE);
  }
}
