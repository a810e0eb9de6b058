package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are left, stopped and taken up by processes of their own: laws 8, 9 and 12. */
@Timeout(120)
class LeavingTest {

  /** How long this test's commands sleep, in seconds; nobody else's do so long. */
  private final String nap = "1000." + System.nanoTime();

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** Starts a workflow and waits until the command that it runs has made a file. */
  private Process begun(String text, String... arguments) throws Exception {
    Path flow = project.file("flow.groovy", text);
    var words = new java.util.ArrayList<String>(List.of("run", flow.toString()));
    words.addAll(List.of(arguments));
    Process process = project.start(words.toArray(String[]::new));
    Project.await(temp.resolve("begun"), process::isAlive);
    return process;
  }

  private String slow() {
    return "yield Exec(command: 'echo > %s/begun; sleep %s & wait')\nreturn 'over'"
        .formatted(temp, nap);
  }

  /** Those of this test: others sleep on the same machine. */
  private String sleepers() throws Exception {
    return project.sh("ps -eo args | grep -c '[s]leep %s' || true".formatted(nap));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalLeavesTheRunToBeResumedAndItsCommandsRunning(String signal, int code)
      throws Exception {
    String text =
        "yield Exec(command: 'echo > %s/begun; while [ ! -e %s/go ]; do sleep 0.05; done; echo x >> %s')\nreturn 'over'"
            .formatted(temp, temp, project.ledger);
    Process process = begun(text);

    project.sh("kill -" + signal + " " + process.pid());

    assertThat(process.waitFor()).isEqualTo(code);
    String run = project.onlyRun();
    assertThat(Files.readString(temp.resolve("err")))
        .contains("conductor resume " + run, "conductor stop " + run);
    assertThat(project.conductor("ps").out()).contains("interrupted");
    Files.createFile(temp.resolve("go"));
    assertThat(project.conductor("resume", run).ok().out()).isEqualTo("over\n");
    assertThat(project.ledger()).containsExactly("x");
  }

  @Test
  void aSecondResumeIsToldWhoOwnsTheRun() throws Exception {
    Process process = begun(slow());

    Project.Result second = project.conductor("resume", project.onlyRun());

    assertThat(second.code()).isEqualTo(Exit.USAGE);
    assertThat(second.err()).contains(Long.toString(process.pid()));
    assertThat(project.conductor("stop", project.onlyRun()).ok().out()).contains("aborted");
    assertThat(process.waitFor()).isOne();
  }

  @Test
  void stoppingALiveRunLeavesNothingOfItRunning() throws Exception {
    String before = sleepers();
    Process process = begun(slow());

    project.conductor("stop", project.onlyRun()).ok();

    assertThat(process.waitFor()).isOne();
    assertThat(sleepers()).isEqualTo(before);
    assertThat(project.conductor("show", project.onlyRun(), "--json").json().path("effects"))
        .allSatisfy(effect -> assertThat(effect.path("status").asString()).isNotEqualTo("running"));
    Project.Result again = project.conductor("resume", project.onlyRun());
    assertThat(again.code()).isEqualTo(Exit.USAGE);
    assertThat(again.err()).contains("aborted");
  }

  @Test
  void stoppingAnInterruptedRunEndsWhatWentOn() throws Exception {
    String before = sleepers();
    Process process = begun(slow());
    process.destroyForcibly().waitFor();

    assertThat(project.conductor("stop", project.onlyRun()).ok().out()).contains("aborted");

    assertThat(sleepers()).isEqualTo(before);
  }

  @Test
  void aDetachedRunGoesOnByItself() throws Exception {
    String id =
        project
            .flow("yield Exec(command: 'echo hi >> $LEDGER')\nreturn 'over'", "--detach")
            .ok()
            .out()
            .strip();

    Project.Result waited = project.conductor("wait", id, "--timeout", "60s");
    assertThat(waited.ok().out()).as(project.conductor("show", id).out()).contains("done");
    assertThat(project.ledger()).containsExactly("hi");
  }

  @Test
  void aScriptThatNeverYieldsIsReportedAndCanBeStopped() throws Exception {
    Process process =
        begun(
            "yield Exec(command: 'echo > %s/begun')\nlong n = 0\nwhile (true) { n++ }"
                .formatted(temp));
    Path err = temp.resolve("err");
    while (!Files.readString(err).contains("busy")) {
      assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    assertThat(Files.readString(err)).contains("flow.groovy:3");
    project.conductor("stop", project.onlyRun()).ok();
    assertThat(process.waitFor()).isOne();
  }

  private Path trace() {
    return project.state.run(project.onlyRun()).trace();
  }

  @Test
  void aTornTailIsSetAsideAndSaid() throws Exception {
    begun(slow()).destroyForcibly().waitFor();
    Files.writeString(trace(), "{\"v\":1,\"seq\":9", StandardOpenOption.APPEND);

    Project.Result stopped = project.conductor("stop", project.onlyRun());

    assertThat(stopped.ok().out()).contains("aborted");
    assertThat(Files.list(trace().getParent())).anyMatch(file -> file.toString().contains("torn"));
  }

  @Test
  void damageIsRefusedWithFileAndLineAndTheFileIsUntouched() throws Exception {
    begun(slow()).destroyForcibly().waitFor();
    String text = Files.readString(trace()).replaceFirst("\"flow\"", "\"flaw\"");
    Files.writeString(trace(), text);
    String run = project.onlyRun();

    Project.Result resumed = project.conductor("resume", run);

    assertThat(resumed.code()).isEqualTo(Exit.BROKEN);
    assertThat(resumed.err()).containsPattern("trace\\.jsonl:\\d+").doesNotContain("internal");
    assertThat(Files.readString(trace())).isEqualTo(text);
    project.sh("pkill -f '[s]leep 1000' || true");
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    project.flow("yield Exec(command: 'exit 1', check: true)");
    String text = Files.readString(trace()).replaceAll("\"v\":1", "\"v\":99");
    Files.writeString(trace(), text);

    Project.Result resumed = project.conductor("resume", project.onlyRun());

    assertThat(resumed.code()).isEqualTo(Exit.BROKEN);
    assertThat(resumed.err()).contains("99", "newer");
    assertThat(Files.readString(trace())).isEqualTo(text);
  }

  @Test
  void aStateDirectoryThatCannotBeWrittenIsAClearFailure() throws Exception {
    project.environment.put("CONDUCTOR_STATE_DIR", "/proc/no/such");

    Project.Result result = project.flow("return 1");

    assertThat(result.code()).isEqualTo(Exit.BROKEN);
    assertThat(result.err()).contains("/proc/no/such").doesNotContain("internal error");
  }

  @Test
  void aFullDiskInMidRunLeavesTheRunToBeResumed() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            "for (n in 1..400) { yield Put('key', 'x' * 200) }\nreturn (yield Get('key')).size()");

    Process process = project.startWithin(64, "run", flow.toString());

    assertThat(process.waitFor()).isEqualTo(Exit.BROKEN);
    String run = project.onlyRun();
    assertThat(Files.readString(temp.resolve("err")))
        .contains("trace.jsonl", "can be resumed")
        .doesNotContain("internal error");
    assertThat(project.conductor("resume", run).ok().out()).isEqualTo("200\n");
  }
}
