package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code WaitForEvent}: what happens in a conversation, one after the other. */
@Timeout(120)
class AgentEventsTest {

  private static final String START =
      """
      def env = yield CreateWorktree()
      def helper = yield SpawnAgent(env: env, prompt: 'work', name: 'helper')
      def seen = []
      def next = { after -> yield WaitForEvent(helper, after: after, timeout: '60s') }
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void nothingIsLostBetweenTwoCallsAndAfterTheEndItIsAFailure() throws Exception {
    project.agent("cat > /dev/null; echo one; echo two; echo wrong >&2; printf three");

    Project.Result result =
        project.flow(
            START
                + """
                yield WaitForStatus(helper, 'done', timeout: '60s')
                def event = yield WaitForEvent(helper)
                seen << [event.kind.name(), event.text]
                event = yield WaitForEvent(helper, after: event.position)
                seen << [event.kind.name(), event.turn, event.status.name(), event.text.contains('three')]
                def over = yield Try(WaitForEvent(helper, after: event.position))
                seen << over.failure.class.simpleName
                yield SendMessage(helper, 'again', wait: true)
                def end = yield WaitForEvent(helper, after: event.position, events: ['ended'])
                seen << [end.kind.name(), end.turn]
                def said = yield WaitForEvent(helper, after: end.position)
                seen << [said.kind.name(), said.text.startsWith('one')]
                return seen
                """);

    assertThat(result.ok().out())
        .isEqualTo(
            "[[\"SAID\",\"one\\ntwo\\nthree\"],[\"ENDED\",1,\"DONE\",true],\"AgentEnded\","
                + "[\"ENDED\",2],[\"SAID\",true]]\n");
  }

  @Test
  void whatIsSaidInTheMiddleOfATurnIsToldThen() throws Exception {
    project.agent(
        "cat > /dev/null; echo begun; until [ -e %s/go ]; do sleep 0.1; done; echo finished"
            .formatted(temp));

    Project.Result result =
        project.flow(
            START
                + """
                def first = next(null)
                yield Exec('touch %s/go')
                def second = next(first.position)
                def third = next(second.position)
                return [first.text, second.text, third.kind.name()]
                """
                    .formatted(temp));

    assertThat(result.ok().out()).isEqualTo("[\"begun\",\"finished\",\"ENDED\"]\n");
  }

  /** Law 2: what was told is told again to a replay; a wait that was cut goes on where it was. */
  @Test
  void aKilledRunHearsWhatHappenedMeanwhileOnce() throws Exception {
    project.agent(
        "cat > /dev/null; echo begun; until [ -e %s/go ]; do sleep 0.1; done; echo finished"
            .formatted(temp));
    Path flow =
        project.file(
            "flow.groovy",
            START
                + """
                def first = next(null)
                yield Exec('echo 1 > %s/first')
                def second = next(first.position)
                def third = next(second.position)
                return [first.text, second.text, third.kind.name()]
                """
                    .formatted(temp));
    Process process = project.start("run", flow.toString());
    Project.await(temp.resolve("first"), process::isAlive);
    process.destroyForcibly().waitFor();
    Files.createFile(temp.resolve("go"));

    assertThat(project.conductor("resume", project.onlyRun()).ok().out())
        .isEqualTo("[\"begun\",\"finished\",\"ENDED\"]\n");
  }

  @Test
  void whenNothingHappensTheTimeIsAnEvent() throws Exception {
    project.agent("cat > /dev/null; sleep 1000");

    Project.Result result =
        project.flow(
            START
                + """
                def event = yield WaitForEvent(helper, after: '0.0.0', timeout: '1s')
                yield StopAgent(helper)
                def end = next(event.position)
                return [event.kind.name(), event.position, end.kind.name(), end.status.name()]
                """);

    assertThat(result.ok().out()).isEqualTo("[\"TIMEOUT\",\"0.0.0\",\"ENDED\",\"ABORTED\"]\n");
  }

  @Test
  void aStopIsNoticedAtOnceByAWaitForWhatIsSaid() throws Exception {
    project.agent("cat > /dev/null; echo begun; sleep 1000");

    Project.Result result =
        project.flow(
            START
                + """
                def first = next(null)
                def stopped = null
                def noticed = null
                yield Gather(
                  waits: { yield Try(WaitForEvent(helper, after: first.position, events: ['said']))
                           noticed = yield Now() },
                  stops: { yield StopAgent(helper); stopped = yield Now() })
                return java.time.Duration.between(stopped, noticed).toSeconds() < 20
                """);

    assertThat(result.ok().out()).isEqualTo("true\n");
  }

  @Test
  void aQuestionOfTheAgentIsAnEventAlsoOnceItIsAnswered() throws Exception {
    project.conversing(
        ClaudeScript.onPrompt(
            """
            say '{"type":"control_request","request_id":"r-1","request":{"subtype":"can_use_tool","tool_name":"Bash","input":{"command":"rm x"}}}'
            read -r line
            say '{"type":"assistant","uuid":"m-1","message":{"id":"m-1","role":"assistant","content":[{"type":"text","text":"fine"}]},"session_id":"s-1"}'
            say '{"type":"result","subtype":"success","is_error":false,"result":"fine","modelUsage":{}}'
            """),
        "permissions: ask");
    Path flow =
        project.file(
            "flow.groovy",
            START
                + """
                def asked = yield WaitForEvent(helper, events: ['asked'], timeout: '60s')
                def end = yield WaitForEvent(helper, after: asked.position, events: ['ended'])
                def again = yield WaitForEvent(helper, events: ['asked'])
                return [asked.gate, asked.text.contains('rm x'), end.text, again == asked]
                """);
    Process process = project.start("run", flow.toString());
    while (project.conductor("gates").out().isEmpty()) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    project.conductor("answer", project.onlyRun(), "allow", "--note", "only x").ok();

    assertThat(process.waitFor()).isZero();
    JsonNode result = project.conductor("show", project.onlyRun(), "--json").json().path("result");
    assertThat(result.get(0).asString()).isEqualTo("helper:1");
    assertThat(result.get(1).asBoolean()).isTrue();
    assertThat(result.get(2).asString()).isEqualTo("fine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"after: 'yesterday'", "after: '1.2'", "events: []", "events: ['sung']"})
  void whatCannotBeIsRefused(String argument) throws Exception {
    Project.Result refused = project.flow(START + "yield WaitForEvent(helper, " + argument + ")");

    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("flow.groovy:5", argument.split(":")[0]);
  }
}
