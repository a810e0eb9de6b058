package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two agents of a run work in one worktree only where both are shared. */
@Timeout(120)
class SharedWorktreesTest {

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

  /** Runs a flow that has a worktree {@code env}, and a failure's text as {@code why}. */
  private Project.Result flow(String text) throws Exception {
    return project.flow(
        """
        def env = yield CreateWorktree(name: 'desk')
        def why = { task -> def t = yield Try(task); t.ok() ? t.value : t.failure.class.simpleName + ' ' + t.failure.agent + ' ' + t.failure.other }
        %s
        """
            .formatted(text.replace("ROOT", temp.toString())));
  }

  @Test
  void theSecondAgentIsRefusedAndBothAreNamed() throws Exception {
    Project.Result result =
        flow(
            "yield Gather(a: RunAgent(env, 'slow a', name: 'first'), b: RunAgent(env, 'b', name: 'second'))");

    assertThat(result.code()).isOne();
    assertThat(result.err())
        .contains(
            "WorktreeInUse",
            "the agent second was not let into",
            "desk",
            "where the agent first works",
            "a worktree of its own",
            "shared: true");
    assertThat(project.ledger()).doesNotContain("b");
  }

  /** The failure is journaled: a replay sees it, though nothing is at work any more. */
  @Test
  void theRefusalIsTheSameInAReplay() throws Exception {
    Project.Result result =
        flow(
            """
            def both = yield Gather(
                a: { yield RunAgent(env, 'a', name: 'first') },
                b: { why.call(RunAgent(env, 'b', name: 'second')) })
            yield Exec('test -e ROOT/repaired', check: true)
            return both.a + ', ' + both.b
            """);
    assertThat(result.err()).contains("ExecFailed");
    project.sh("touch repaired");

    assertThat(project.conductor("resume", project.onlyRun()).ok().out())
        .isEqualTo("said a, WorktreeInUse second first\n");
    assertThat(project.ledger()).containsExactly("a");
  }

  @Test
  void agentsThatAreBothSharedWorkSideBySide() throws Exception {
    Project.Result result =
        flow(
            """
            def one = yield Gather([
                RunAgent(env, 'slow a', name: 'first', shared: true),
                { -> why.call(RunAgent(env, 'b', name: 'second')) },
                { -> yield RunAgent(env, 'c', name: 'third', shared: true); yield Exec('touch ROOT/finish') },
            ])
            return one[0] + ', ' + one[1]
            """);

    assertThat(result.ok().out()).isEqualTo("said slow a, WorktreeInUse second first\n");
    assertThat(project.ledger()).containsExactlyInAnyOrder("slow a", "c");
  }

  @Test
  void aJavaWorkflowSharesAWorktreeToo() throws Exception {
    Path flow =
        project.file(
            "flow.jsh",
            """
            var env = perform(CreateWorktree());
            List<Object> said = perform(Gather(RunAgent(env, "a").withShared(true), RunAgent(env, "b").withShared(true)));
            try {
              perform(Gather(RunAgent(env, "c").withName("third"), RunAgent(env, "d").withShared(true)));
            } catch (AgentFailure.WorktreeInUse e) {
              said.add(e.other);
            }
            String.join(", ", said.stream().map(String::valueOf).toList())
            """);

    assertThat(project.conductor("run", flow.toString()).ok().out())
        .isEqualTo("said a, said b, third\n");
  }

  @Test
  void anAgentInTheBackgroundKeepsItsWorktreeUntilItsTurnIsOver() throws Exception {
    Project.Result result =
        flow(
            """
            def helper = yield SpawnAgent(env, 'slow a', name: 'helper')
            def seen = [why.call(RunAgent(env, 'b', name: 'second'))]
            yield SendMessage(helper, 'more')
            yield Exec('touch ROOT/finish')
            yield WaitForStatus(helper, 'done', timeout: '60s')
            seen << yield(RunAgent(env, 'b', name: 'second'))
            yield Gather(
                a: { yield RunAgent(env, 'c', name: 'third') },
                b: { seen << why.call(SendMessage(helper, 'again')) })
            return seen.join(', ')
            """);

    assertThat(result.ok().out())
        .isEqualTo("WorktreeInUse second helper, said b, WorktreeInUse helper third\n");
    assertThat(project.ledger()).containsExactly("slow a", "more", "b", "c");
  }

  @Test
  void anAgentThatLostARaceOrWasStoppedIsOutOfTheWay() throws Exception {
    Project.Result result =
        flow(
            """
            yield Race(agent: RunAgent(env, 'slow a', name: 'first'), late: Exec('true'))
            def helper = yield SpawnAgent(env, 'slow b', name: 'helper')
            yield StopAgent(helper)
            return yield RunAgent(env, 'c', name: 'third')
            """);

    assertThat(result.ok().out()).isEqualTo("said c\n");
  }

  /** An agent that outlived the process that started it counts in the next one. */
  @Test
  void anAdoptedAgentKeepsItsWorktree() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree(name: 'desk')
            def other = yield CreateWorktree(name: 'other')
            def helper = yield SpawnAgent(other, 'slow h', name: 'helper')
            def both = yield Gather(
                a: { yield RunAgent(env, 'slow a', name: 'first') },
                b: {
                  yield Exec('until [ -e ROOT/go ]; do sleep 0.1; done')
                  def tried = [yield(Try(RunAgent(env, 'b'))), yield(Try(SendMessage(helper, 'and'))), yield(Try(RunAgent(other, 'c')))]
                  yield Exec('touch ROOT/finish')
                  tried.collect { it.ok() ? 'let in' : it.failure.other }
                })
            return both.b.join(', ') + ', ' + both.a
            """
                .replace("ROOT", temp.toString()));
    Process process = project.start("run", flow.toString());
    Project.await(project.ledger, process::isAlive);
    process.destroyForcibly().waitFor();
    project.sh("touch go");

    assertThat(project.conductor("resume", project.onlyRun()).ok().out())
        .isEqualTo("first, let in, helper, said slow a\n");
    assertThat(project.ledger()).doesNotContain("b", "c");
  }
}
