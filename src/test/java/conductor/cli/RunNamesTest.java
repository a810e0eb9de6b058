package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Missing 8 of a newcomer: {@code run --name}, and the name in place of the run's id. */
@Timeout(120)
class RunNamesTest {

  private static final String ASKS = "return yield Ask('go on?')";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void aNameStandsForTheRunsId() throws Exception {
    assertThat(project.flow(ASKS, "--no-wait", "--name", "nightly").code()).isEqualTo(Exit.BLOCKED);
    String run = project.onlyRun();

    assertThat(project.conductor("ps").ok().out()).contains(" ago  nightly  flow  repo  ? go on?");
    assertThat(project.conductor("ps", "--json").json().get(0).path("label").asString())
        .isEqualTo("nightly");
    assertThat(project.conductor("show", "nightly").ok().out()).startsWith(run + "  blocked");
    assertThat(project.conductor("gates", "nightly").ok().out()).startsWith(run + " 1");
    assertThat(project.conductor("wait", "nightly").code()).isEqualTo(Exit.BLOCKED);
    project.conductor("answer", "nightly", "yes").ok();
    assertThat(project.conductor("resume", "nightly").ok().out()).isEqualTo("yes\n");
    project.conductor("logs", "nightly").ok();
    assertThat(project.conductor("fork", "nightly", "--at", "1", "--no-wait").code())
        .isEqualTo(Exit.BLOCKED);
    assertThat(project.conductor("show", "nightly").out()).startsWith(run + "  done");
    assertThat(project.conductor("ps").out().split("nightly", -1)).hasSize(2);
    Path script = project.file("completion", project.conductor("completion", "bash").ok().out());
    assertThat(Files.readString(script)).contains("/names/*.json");
  }

  /** The name of a run that is over for good means the newest of those that had it. */
  @Test
  void aNameIsTakenWhileItsRunMayGoOn() throws Exception {
    project.flow(ASKS, "--no-wait", "--name", "nightly");
    String first = project.onlyRun();

    Project.Result second = project.flow("1", "--name", "nightly");
    assertThat(second.code()).isEqualTo(Exit.USAGE);
    assertThat(second.err())
        .contains("'nightly' is the name of " + first, "blocked", "conductor stop nightly");
    assertThat(project.onlyRun()).isEqualTo(first);

    project.conductor("stop", "nightly").ok();
    project.flow("1", "--name", "nightly").ok();
    assertThat(project.conductor("show", "nightly").out()).contains("done").doesNotContain(first);
    assertThat(project.conductor("show", first).out()).contains("aborted");

    assertThat(project.flow("yield Exec('false', check: true)", "--name", "nightly").code())
        .isOne();
    assertThat(project.flow("1", "--name", "nightly").err())
        .contains("which is error", "conductor resume nightly");
  }

  @Test
  void ofSeveralRunsOfANameAtOnceExactlyOneBegins() throws Exception {
    String flow = project.file("flow.groovy", ASKS).toString();
    var starts = new ArrayList<Process>();
    for (int n = 0; n < 6; n++) {
      starts.add(project.start("run", flow, "--no-wait", "--name", "x"));
    }
    int begun = 0;
    int refused = 0;
    for (Process start : starts) {
      int code = start.waitFor();
      begun += code == Exit.BLOCKED ? 1 : 0;
      refused += code == Exit.USAGE ? 1 : 0;
    }

    assertThat(begun).isOne();
    assertThat(refused).isEqualTo(5);
    assertThat(project.conductor("show", "x").ok().out()).startsWith(project.onlyRun());
  }

  /** A conductor that was killed between name and run leaves neither. */
  @Test
  void aNameWithoutARunIsFree() throws Exception {
    Files.createDirectories(project.state.names());
    Files.writeString(
        project.state.names().resolve("x.json"), "{\"v\": 1, \"run\": \"wf-000000\"}");
    Files.createDirectories(project.state.run("wf-000000").root());

    assertThat(project.conductor("show", "x").code()).isEqualTo(Exit.USAGE);
    project.flow("1", "--name", "x").ok();
    project.conductor("show", "x").ok();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a/b",
        "../a",
        "\u001b[2Ja",
        "wf-a",
        "WF-1a2b3c",
        "1a2b3c",
        "facade",
        "-x",
        "a:b",
        "naïve",
        "a23456789012345678901234567890123456789012"
      })
  void whatIsNoNameIsRefusedBeforeAnythingBegins(String name) throws Exception {
    Project.Result result = project.flow("1", "--name=" + name);

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("a run's name").doesNotContain("\u001b");
    assertThat(project.conductor("ps").out()).isEmpty();
  }
}
