package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.state.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two agents work in one checkout only where both are shared, also those of two runs. */
@Timeout(120)
class SharedCheckoutTest {

  private static final String AGENT =
      """
      p=$(cat); echo "$p" >> $LEDGER
      case "$p" in slow*) until [ -e ROOT/finish ]; do sleep 0.1; done;; esac
      echo said "$p"
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.agent(AGENT.replace("ROOT", temp.toString()));
  }

  private Process begun(String flow) throws Exception {
    Process process = project.start("run", project.file("slow.groovy", flow).toString());
    Project.await(project.ledger, process::isAlive);
    return process;
  }

  private String tried(String effect) throws Exception {
    return project
        .flow(
            """
            def env = yield Checkout()
            def t = yield Try { yield %s }
            return t.ok() ? t.value : t.failure.class.simpleName + ' ' + t.failure.agent + ' ' + t.failure.other + ' ' + t.failure.worktree
            """
                .formatted(effect))
        .ok()
        .out()
        .strip();
  }

  private String refused(String agent, String run) {
    return "WorktreeInUse %s %s:first %s".formatted(agent, run, project.repo);
  }

  @Test
  void twoAgentsOfARunExcludeEachOther() throws Exception {
    Project.Result result =
        project.flow(
            """
            def env = yield Checkout()
            yield Gather(a: RunAgent(env, 'a', name: 'first'), b: RunAgent(yield(Checkout()), 'b', name: 'second'))
            """);

    assertThat(result.err()).contains("the agent second was not let into", "where the agent first");
    assertThat(project.ledger()).doesNotContain("b");
  }

  @Test
  void anAgentOfAnotherRunIsRefusedUntilTheFirstIsDone() throws Exception {
    Process process =
        begun("return yield RunAgent(yield(Checkout()), 'slow', name: 'first', shared: true)");
    String run = project.onlyRun();

    assertThat(tried("RunAgent(env, 'b', name: 'second')")).isEqualTo(refused("second", run));
    assertThat(tried("SpawnAgent(env, 'b', name: 'second')")).isEqualTo(refused("second", run));
    assertThat(tried("RunAgent(env, 'c', name: 'third', shared: true)")).isEqualTo("said c");
    assertThat(tried("RunAgent(yield(CreateWorktree()), 'd')")).isEqualTo("said d");
    assertThat(
            project
                .conductor(
                    "show",
                    "--json",
                    project.conductor("ps", "--json").json().get(3).path("id").asString())
                .json()
                .path("agents"))
        .as("of a run whose only agent was refused")
        .isEmpty();

    project.sh("touch finish");
    assertThat(process.waitFor()).isZero();
    assertThat(tried("RunAgent(env, 'e', name: 'fourth')")).isEqualTo("said e");
    assertThat(project.ledger()).containsExactly("slow", "c", "d", "e");
    assertThat(FileTree.in(project.state.checkouts()).stream().map(Path::getFileName))
        .containsExactly(Path.of("lock"));
  }

  /** An agent that outlived its host counts; one that is gone with it does not. */
  @Test
  void anAgentThatOutlivesItsRunKeepsTheCheckout() throws Exception {
    begun("return yield RunAgent(yield(Checkout()), 'slow', name: 'first')")
        .destroyForcibly()
        .waitFor();
    String run = project.onlyRun();

    assertThat(tried("RunAgent(env, 'b', name: 'second')")).isEqualTo(refused("second", run));

    project.sh("touch finish");
    assertThat(project.conductor("resume", run).ok().out()).isEqualTo("said slow\n");
    assertThat(tried("RunAgent(env, 'b', name: 'second')")).isEqualTo("said b");
  }

  @Test
  void anAgentInTheBackgroundKeepsTheCheckoutForItsTurn() throws Exception {
    Process process =
        begun(
            """
            def helper = yield SpawnAgent(yield(Checkout()), 'slow', name: 'first')
            yield WaitForStatus(helper, 'done', timeout: '100s')
            yield Exec('touch ROOT/turned; until [ -e ROOT/end ]; do sleep 0.1; done')
            return yield SendMessage(helper, 'again', wait: true)
            """
                .replace("ROOT", temp.toString()));
    String run = project.onlyRun();
    assertThat(tried("RunAgent(env, 'b', name: 'second')")).isEqualTo(refused("second", run));

    project.sh("echo > finish; until [ -e turned ]; do sleep 0.1; done");
    assertThat(tried("RunAgent(env, 'c', name: 'second')")).isEqualTo("said c");

    project.sh("touch end");
    assertThat(process.waitFor()).as(Files.readString(temp.resolve("err"))).isZero();
    assertThat(project.ledger()).containsExactly("slow", "c", "again");
  }

  /** Outside of git a run may begin anywhere: one directory holds the other's files. */
  @Test
  void directoriesAboveAndBelowAreTheSameCheckout() throws Exception {
    Path above = Files.createDirectories(temp.resolve("plain"));
    Path below = Files.createDirectories(above.resolve("part"));
    Path beside = Files.createDirectories(temp.resolve("plain-2"));
    Path slow =
        project.file("slow.groovy", "yield RunAgent(yield(Checkout()), 'slow', name: 'first')");
    Process process =
        project
            .in(below, PackagedConductor.made().words(java.util.List.of("run", slow.toString())))
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(temp.resolve("err").toFile())
            .start();
    Project.await(project.ledger, process::isAlive);
    Path flow =
        project.file(
            "flow.groovy",
            "def t = yield Try(RunAgent(yield(Checkout()), 'b'))\nreturn t.ok() ? t.value : t.failure.class.simpleName");

    assertThat(project.conductorIn(above, "run", flow.toString()).out())
        .isEqualTo("WorktreeInUse\n");
    assertThat(project.conductorIn(beside, "run", flow.toString()).out()).isEqualTo("said b\n");

    project.sh("touch finish");
    assertThat(process.waitFor()).isZero();
  }
}
