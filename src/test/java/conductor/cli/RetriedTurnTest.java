package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P7: a turn that is tried again goes on with its session and its work, and is told why. */
@Timeout(120)
class RetriedTurnTest {

  private static final String AGENT =
      ClaudeScript.onPrompt(
          """
          echo x >> here
          [ -e REPAIRED ] && say '{"type":"result","subtype":"success","is_error":false,"result":"fine","modelUsage":{}}'
          """);

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private void conversing() throws Exception {
    project.conversing(AGENT.replace("REPAIRED", temp.resolve("repaired").toString()), "");
  }

  private Project.Result resumed() throws Exception {
    project.sh("touch repaired");
    return project.conductor("resume", project.onlyRun()).ok();
  }

  private List<String> told() throws Exception {
    return project.ledger().stream().filter(line -> line.startsWith("told")).toList();
  }

  @Test
  void aTurnThatRanOutOfTimeGoesOnInItsSession() throws Exception {
    conversing();
    Project.Result failed =
        project.flow(
            "def env = yield CreateWorktree()\nreturn yield RunAgent(env, 'build it', name: 'coder', timeout: '3s')");
    assertThat(failed.err()).contains("AgentTimeout");

    assertThat(resumed().out()).isEqualTo("fine\n");

    assertThat(told()).hasSize(2);
    assertThat(told().getFirst()).contains("build it");
    assertThat(told().getLast())
        .contains("You ran out of time: 3s were over")
        .doesNotContain("build it");
    assertThat(project.ledger())
        .filteredOn(line -> line.startsWith("start"))
        .last()
        .asString()
        .contains("--resume s-1");
    assertThat(project.conductor("show", project.onlyRun(), "--json").json().path("agents"))
        .hasSize(1);
  }

  @Test
  void aTurnThatASiblingsFailureCutGoesOnInItsSession() throws Exception {
    conversing();
    Project.Result failed =
        project.flow(
            """
            def env = yield CreateWorktree()
            return yield Gather(
                agent: RunAgent(env, 'build it', name: 'coder'),
                other: Exec("until [ -e ${env.path}/here ]; do sleep 0.1; done; test -e %s/repaired", check: true))
            """
                .formatted(temp));
    assertThat(failed.err()).contains("ExecFailed");

    assertThat(resumed().out()).contains("\"agent\":\"fine\"");

    assertThat(told()).hasSize(2);
    assertThat(told().getLast())
        .contains("You were stopped in the middle of your work")
        .doesNotContain("build it");
  }

  /**
   * A program that reads one prompt remembers nothing: it is told what was before, and all of it.
   */
  @Test
  void aProgramWithoutASessionIsToldThatThereIsWorkAlready() throws Exception {
    project.agent("cat >> $LEDGER; test -e %s/repaired || sleep 1000; echo fine".formatted(temp));
    Project.Result failed =
        project.flow(
            "def env = yield CreateWorktree()\nreturn yield RunAgent(env, 'build it', name: 'coder', timeout: '3s')");
    assertThat(failed.err()).contains("AgentTimeout");

    assertThat(resumed().out()).isEqualTo("fine\n");

    assertThat(String.join("\n", project.ledger()))
        .startsWith(
            "build itYou have worked on the task below before. You ran out of time: 3s were over")
        .endsWith("build it");
  }

  @Test
  void aProgramThatEndedByItselfIsAskedAsBefore() throws Exception {
    project.agent(
        "cat >> $LEDGER; echo >> $LEDGER; test -e %s/repaired || exit 3; echo fine"
            .formatted(temp));
    Project.Result failed =
        project.flow(
            "def env = yield CreateWorktree()\nreturn yield RunAgent(env, 'build it', name: 'coder')");
    assertThat(failed.err()).contains("AgentFailed");

    assertThat(resumed().out()).isEqualTo("fine\n");
    assertThat(project.ledger()).containsExactly("build it", "build it");
  }

  @Test
  void anAnswerThatNeverFittedIsCorrectedAndNotAskedForAnew() throws Exception {
    project.agent(
        "cat >> $LEDGER; echo ---- >> $LEDGER; test -e %s/repaired && echo '{\"n\": 1}' || echo 'seven'"
            .formatted(temp));
    Project.Result failed =
        project.flow(
            """
            def env = yield CreateWorktree()
            def form = [type: 'object', properties: [n: [type: 'integer']], required: ['n']]
            return (yield RunAgent(env, 'count', output_format: form)).n
            """);
    assertThat(failed.err()).contains("InvalidOutput");

    assertThat(resumed().out()).isEqualTo("1\n");

    List<String> prompts = List.of(String.join("\n", project.ledger()).split("----"));
    assertThat(prompts).hasSize(4);
    assertThat(prompts.getLast()).contains("You have answered before", "seven");
  }

  /** Work that was done and then dropped is not gone on with. */
  @Test
  void anAgentThatHadAnsweredBeginsAnewWhenItsWorkIsDropped() throws Exception {
    project.agent("cat >> $LEDGER; echo >> $LEDGER; echo fine");
    Project.Result failed =
        project.flow(
            """
            def env = yield CreateWorktree()
            try { yield Exec('test -e %s/repaired', check: true) }
            finally { yield RunAgent(env, 'tidy up', name: 'coder') }
            return 'over'
            """
                .formatted(temp));
    assertThat(failed.err()).contains("ExecFailed");

    assertThat(resumed().out()).isEqualTo("over\n");

    assertThat(project.ledger()).containsExactly("tidy up", "tidy up");
  }
}
