package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations as values: asked for data, read, and copied. */
@Timeout(120)
class AgentSessionsTest {

  private static final String AGENT =
      ClaudeScript.onPrompt(
          """
          say '{"type":"assistant","uuid":"m-1","message":{"id":"m-1","role":"assistant","content":[{"type":"text","text":"fine"}]},"session_id":"s-1"}'
          say '{"type":"result","subtype":"success","is_error":false,"result":"fine","modelUsage":{}}'
          """);

  private static final String SCHEMA =
      "[type: 'object', required: ['n'], properties: [n: [type: 'integer']]]";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private Project.Result resumed() throws Exception {
    project.sh("touch repaired");
    return project.conductor("resume", project.onlyRun()).ok();
  }

  @Test
  void aMessageMayAskForDataAndIsCorrectedUntilItFits() throws Exception {
    project.agent(
        "p=$(cat); echo \"$p\" | head -1 >> $LEDGER; [ $CONDUCTOR_TURN -lt 3 ] && echo none || echo '{\"n\": 3}'");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'count', name: 'helper')
            def counted = yield SendMessage(helper, 'how many?', output_format: %s)
            yield Exec('test -e %s/repaired', check: true)
            return counted.n + 1
            """
                .formatted(SCHEMA, temp));

    assertThat(result.err()).contains("ExecFailed");
    assertThat(project.ledger()).hasSize(3).startsWith("count", "how many?");
    assertThat(resumed().out()).isEqualTo("4\n");
    assertThat(project.ledger()).hasSize(3);
  }

  @Test
  void dataThatNeverFitsIsATypedFailure() throws Exception {
    project.agent("cat >> $LEDGER; echo none");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'count', name: 'helper')
            def told = yield Try(SendMessage(helper, 'how many?', output_format: %s))
            return told.failure.class.simpleName + ' ' + (yield ReadSession(helper)).size()
            """
                .formatted(SCHEMA));

    assertThat(result.ok().out()).isEqualTo("InvalidOutput 4\n");
  }

  @Test
  void aConversationIsReadTurnByTurn() throws Exception {
    project.agent("p=$(cat); [ \"$p\" != bad ] || exit 3; echo \"answer to $p\"");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'one', name: 'helper')
            yield Try(SendMessage(helper, 'bad', wait: true))
            yield SendMessage(helper, 'two', wait: true)
            def all = yield ReadSession(helper)
            def last = yield ReadSession(helper, last: 1)
            return all.collect { "$it.number $it.status $it.prompt: ${it.answer.readLines()[0]}" } + last.number
            """);

    assertThat(result.ok().json().get(0).asString()).isEqualTo("1 DONE one: answer to one");
    assertThat(result.json().get(1).asString()).startsWith("2 ERROR bad: ");
    assertThat(result.json().get(2).asString()).isEqualTo("3 DONE two: answer to two");
    assertThat(result.json().get(3).asInt()).isEqualTo(3);
  }

  @Test
  void aCopiedConversationGoesOnApartFromTheFirst() throws Exception {
    project.conversing(AGENT, "");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def coder = yield SpawnAgent(env: env, prompt: 'build it', name: 'coder')
            yield WaitForStatus(coder, 'done', timeout: '60s')
            def other = yield ForkSession(coder, name: 'critic')
            yield SendMessage(other, 'what is wrong with it', wait: true)
            yield SendMessage(coder, 'go on', wait: true)
            yield Exec('test -e %s/repaired', check: true)
            return [other.name, (yield ReadSession(other))*.prompt, (yield ReadSession(coder))*.prompt]
            """
                .formatted(temp));

    assertThat(result.err()).contains("ExecFailed");
    assertThat(resumed().out())
        .isEqualTo(
            "[\"critic\",[\"build it\",\"what is wrong with it\"],[\"build it\",\"go on\"]]\n");
    assertThat(project.ledger())
        .filteredOn(line -> line.startsWith("start") && line.contains("--fork-session"))
        .hasSize(1);
    assertThat(project.conductor("show", project.onlyRun()).ok().out())
        .contains("agent coder  done", "agent critic  done");
  }

  @Test
  void aProgramWithoutSessionsHasNoneToCopy() throws Exception {
    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'one', name: 'helper')
            yield WaitForStatus(helper, 'done', timeout: '60s')
            try {
              return (yield ForkSession(helper)).name
            } catch (SessionNotForkable e) {
              return e.agent
            }
            """);

    assertThat(result.ok().out()).isEqualTo("helper\n");
  }
}
