package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Runs that wait for people, whoever executes them, and those who answer. */
@Timeout(120)
class WaitingForPeopleTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private Process blocked(String text) throws Exception {
    Path flow = project.file("flow.groovy", text);
    Process process = project.start("run", flow.toString());
    Project.await(temp.resolve("err"), process::isAlive);
    while (!project.conductor("ps").out().contains("blocked")) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    return process;
  }

  private List<String> statuses() {
    var statuses = new ArrayList<String>();
    for (JsonNode run : project.conductor("ps", "--json").ok().json()) {
      statuses.add(run.path("status").asString());
    }
    return statuses;
  }

  /** P11, N11: {@code blocked} does not depend on who owns the run, an answer ends it. */
  @Test
  void aRunIsBlockedWhenItsProcessHasEnded() throws Exception {
    String text = "return yield Ask('Go\\non?', options: ['go on', 'stop'])";
    assertThat(project.flow(text, "--no-wait").code()).isEqualTo(Exit.BLOCKED);
    String run = project.onlyRun();

    assertThat(project.conductor("ps", "--status", "blocked").ok().out())
        .contains(run, "? Go")
        .hasLineCount(1);
    JsonNode gate = project.conductor("ps", "--json").json().get(0).path("gates").get(0);
    assertThat(gate.path("prompt").asString()).isEqualTo("Go\non?");
    assertThat(project.conductor("show", run).out()).contains("blocked", "asks   " + run + " 1");
    assertThat(project.conductor("show", run, "--json").json().path("gates").size()).isOne();
    assertThat(project.conductor("wait", run).code()).isEqualTo(Exit.BLOCKED);
    assertThat(project.conductor("watch", run).code()).isEqualTo(Exit.BLOCKED);
    assertThat(project.conductor("resume", run, "--no-wait").code()).isEqualTo(Exit.BLOCKED);
    assertThat(project.conductor("doctor").out()).contains(run + " waits for a person");

    assertThat(project.conductor("answer", run, "go", "on").ok().err())
        .contains("interrupted, go on with 'conductor resume " + run);
    assertThat(project.conductor("gates").ok().out()).isEmpty();
    assertThat(project.conductor("ps").out()).contains("interrupted").doesNotContain("?");
    assertThat(project.conductor("resume", run, "--no-wait").ok().out()).isEqualTo("go on\n");
    assertThat(project.conductor("wait", run).code()).isZero();
  }

  /** P11: the same when it was killed, also beside branches that are over. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yield Ask('go on?')",
        "yield Gather(a: { yield Exec('true') }, b: { yield Ask('go on?') }, c: { 1 })",
        "yield Gather(a: { yield Ask('a?') }, b: { yield Race([{ yield Ask('b?') }]) })",
        "def t = yield Spawn { yield Ask('go on?') }\nyield Wait(t)",
      })
  void aRunIsBlockedWhenItsProcessWasKilled(String text) throws Exception {
    Process process = blocked(text);
    assertThat(project.conductor("wait", project.onlyRun()).code()).isEqualTo(Exit.BLOCKED);

    process.destroyForcibly().waitFor();

    assertThat(statuses()).containsExactly("blocked");
  }

  /** P11: where something besides a person could let it go on, it is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yield Gather(a: { yield Sleep('1h') }, b: { yield Ask('go on?') })",
        "yield Ask('go on?', timeout: '1s', default: 'no')",
      })
  void aRunThatCanGoOnWithoutPeopleIsInterrupted(String text) throws Exception {
    Process process = project.start("run", project.file("flow.groovy", text).toString());
    while (project.conductor("gates").out().isEmpty()) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    process.destroyForcibly().waitFor();
    Thread.sleep(1100);

    assertThat(statuses()).containsExactly("interrupted");
    assertThat(project.conductor("wait", project.onlyRun()).code()).isEqualTo(130);
    assertThat(project.conductor("watch", project.onlyRun()).code()).isEqualTo(130);
  }

  /** P11: who waits for a run that waits for a person waits for the person. */
  @Test
  void theParentOfABlockedRunIsBlocked() throws Exception {
    project.file("child.groovy", "return yield Ask('from the child?')");
    Process process = blocked("return yield RunWorkflow('%s/child.groovy')".formatted(temp));
    while (!statuses().equals(List.of("blocked", "blocked"))) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    process.destroyForcibly().waitFor();

    assertThat(statuses()).containsExactly("blocked", "blocked");
    JsonNode parent = project.conductor("ps", "--json").json().get(1);
    assertThat(parent.path("parent").isNull()).isTrue();
    String id = parent.path("id").asString();
    assertThat(project.conductor("gates").out()).hasLineCount(1);
    assertThat(project.conductor("ps").out().split("from the child", -1)).hasSize(3);
    assertThat(project.conductor("answer", id, "yes").ok().err()).contains("resume " + id);
    assertThat(project.conductor("resume", id, "--no-wait").ok().out()).isEqualTo("yes\n");
  }

  /** N13: who waits for a run or watches it ends as who executes it. */
  @Test
  void thoseWhoWatchARunEndAsItDoes() throws Exception {
    assertThat(project.flow("yield Exec('false', check: true)").code()).isOne();
    String run = project.onlyRun();

    assertThat(project.conductor("watch", run).code()).isOne();
    assertThat(project.conductor("wait", run).code()).isOne();
  }

  /** F19: of several answers at once one counts, and the others are told which one. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofSeveralAnswersExactlyOneCounts(boolean alive) throws Exception {
    String text = "return yield Ask('go on?')";
    Process process = alive ? blocked(text) : null;
    if (!alive) {
      project.flow(text, "--no-wait");
    }
    String run = project.onlyRun();
    List<Callable<Project.Result>> answers =
        IntStream.range(0, 12)
            .<Callable<Project.Result>>mapToObj(
                n -> () -> project.conductor("answer", run, "answer-" + n))
            .toList();

    var results = new ArrayList<Project.Result>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var result : threads.invokeAll(answers)) {
        results.add(result.get());
      }
    }

    if (process != null) {
      assertThat(process.waitFor()).isZero();
    } else {
      project.conductor("resume", run).ok();
    }
    String won = project.conductor("show", run, "--json").json().path("result").asString();
    assertThat(results).filteredOn(result -> result.code() == Exit.OK).hasSize(1);
    assertThat(results.indexOf(results.stream().filter(r -> r.code() == 0).findFirst().get()))
        .isEqualTo(Integer.parseInt(won.substring("answer-".length())));
    assertThat(results)
        .filteredOn(result -> result.code() != Exit.OK)
        .allSatisfy(result -> assertThat(result.code()).isEqualTo(Exit.USAGE))
        .allSatisfy(result -> assertThat(result.err()).contains("answered before: " + won));
  }

  /** F19: what answered a question does not answer the one that is asked again in its place. */
  @Test
  void anAnswerIsSpentByItsQuestion() throws Exception {
    String text = "def a = yield Ask('first?')\ndef b = yield Ask('second?')\nreturn a + b";
    project.flow(text, "--no-wait");
    String run = project.onlyRun();
    project.conductor("answer", run, "1", "one").ok();
    assertThat(project.conductor("resume", run, "--no-wait").code()).isEqualTo(Exit.BLOCKED);
    project.file("flow.groovy", text.replace("first", "other"));

    assertThat(project.conductor("resume", run, "--edited", "--yes", "--no-wait").code())
        .isEqualTo(Exit.BLOCKED);

    assertThat(project.conductor("gates").out()).contains("other?");
    assertThat(project.conductor("answer", run, "two").ok().out()).contains("answered " + run);
  }

  /** N-friction 9: a number that is no position is not taken for the beginning of an answer. */
  @Test
  void aMisspeltPositionIsNoAnswer() throws Exception {
    project.flow("return yield Ask('how many?')", "--no-wait");
    String run = project.onlyRun();

    Project.Result wrong = project.conductor("answer", run, "2", "yes");

    assertThat(wrong.code()).isEqualTo(Exit.USAGE);
    assertThat(wrong.err()).contains("asks nothing at 2", run + " 1  how many?");
    project.conductor("answer", run, "two", "or", "three").ok();
    assertThat(project.conductor("resume", run).ok().out()).isEqualTo("two or three\n");
  }

  /** A run whose agent works for ever. */
  private Process agentAtWork() throws Exception {
    project.agent("echo $$ > %s/begun; exec sleep 600".formatted(temp));
    Path flow =
        project.file(
            "flow.groovy", "yield RunAgent(env: yield(CreateWorktree()), prompt: 'x', name: 'i')");
    Process process = project.start("run", flow.toString());
    Project.await(temp.resolve("begun"), process::isAlive);
    return process;
  }

  /** N7: an agent whose run nobody executes is what its own program is. */
  @Test
  void anAgentThatIsGoneIsNotShownRunning() throws Exception {
    Process process = agentAtWork();
    process.destroyForcibly().waitFor();
    String run = project.onlyRun();
    assertThat(project.conductor("show", run).out())
        .containsPattern("agent i  (pending|booting|running)");

    project.sh("kill -9 " + Files.readString(temp.resolve("begun")).strip());
    while (!project.conductor("show", run).out().contains("agent i  interrupted")) {
      Thread.sleep(50);
    }

    JsonNode agent = project.conductor("show", run, "--json").json().path("agents").get(0);
    assertThat(agent.path("status").asString()).isEqualTo("interrupted");
  }

  /** N7: the same after Ctrl-C, which cancels the turn. */
  @Test
  void anAgentWhoseTurnWasCancelledIsNotShownRunning() throws Exception {
    Process process = agentAtWork();
    project.sh("kill -INT " + process.pid());

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(project.conductor("show", project.onlyRun()).out())
        .contains("interrupted")
        .doesNotContain("agent i  running");
  }

  /** N12: a command that there is not is no message, which would be a turn that is paid. */
  @Test
  void anUnknownCommandIsNotSentToTheAgent() throws Exception {
    Process process = agentAtWork();
    String run = project.onlyRun();

    Process attached = project.start("attach", run);
    try (var typed = attached.outputWriter()) {
      typed.write("/stpo\n//really\n/detach\n");
    }

    assertThat(attached.waitFor()).isZero();
    assertThat(Files.readString(temp.resolve("err")))
        .contains("there is no command '/stpo'", "/allow, /deny, /cancel, /detach", "//stpo");
    String sent = "grep -rlF '/%s' state/workflows/*/agents state/workflows/*/inbox || true";
    while (project.sh(sent.formatted("really")).isEmpty()) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    assertThat(project.sh(sent.formatted("/really"))).isEmpty();
    assertThat(project.sh(sent.formatted("stpo"))).isEmpty();
    project.conductor("stop", run).ok();
    process.waitFor();
  }
}
