package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a fork has of the agents of the other run. */
@Timeout(180)
class ForkedAgentsTest {

  private static final String ASKS =
      """
      say '{"type":"control_request","request_id":"r-1","request":{"subtype":"can_use_tool","tool_name":"Bash","input":{"command":"rm x"}}}'
      read -r answer
      say '{"type":"assistant","uuid":"m-1","message":{"id":"m-1","role":"assistant","content":[{"type":"text","text":"one"}]},"session_id":"s-1"}'
      say '{"type":"assistant","uuid":"m-2","message":{"id":"m-2","role":"assistant","content":[{"type":"text","text":"two"}]},"session_id":"s-1"}'
      say '{"type":"result","subtype":"success","is_error":false,"session_id":"s-1","result":"fine","modelUsage":{}}'
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private String forkOf(String run, String position) {
    return project.conductor("fork", run, "--at", position).ok().out();
  }

  @Test
  void whatAnAgentSaysAndAsksInAForkIsBehindWhatItSaidBefore() throws Exception {
    project.conversing(ClaudeScript.onPrompt(ASKS), "permissions: {deny: [Bash]}");
    project
        .flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'work', name: 'helper')
            yield WaitForStatus(helper, 'done', timeout: '60s')
            def said = yield WaitForEvent(helper, events: ['said'])
            def end = yield WaitForEvent(helper, after: said.position, events: ['ended'])
            yield SendMessage(helper, 'again', wait: true)
            def more = yield WaitForEvent(helper, after: end.position, events: ['said', 'ended'])
            return [more.kind.name(), more.turn, more.text.contains('two'), said.text.count('two')]
            """)
        .ok();
    String run = project.onlyRun();

    assertThat(forkOf(run, "6")).isEqualTo("[\"SAID\",2,true,1]\n");
    assertThat(forkOf(run, "4")).isEqualTo("[\"SAID\",2,true,1]\n");
  }

  @Test
  void aQuestionThatWasAnsweredIsOneOfTheForkToo() throws Exception {
    project.conversing(ClaudeScript.onPrompt(ASKS), "permissions: ask");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'work', name: 'helper')
            yield WaitForStatus(helper, 'done', timeout: '60s')
            def asked = yield WaitForEvent(helper, events: ['asked'])
            return [asked.gate, asked.text.contains('rm x')]
            """);
    Process process = project.start("run", flow.toString());
    while (project.conductor("gates").out().isEmpty()) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    String run = project.onlyRun();
    project.conductor("answer", run, "allow").ok();
    assertThat(process.waitFor()).isZero();

    assertThat(forkOf(run, "4")).isEqualTo("[\"helper:1\",true]\n");
    assertThat(project.conductor("gates", "--json").out()).isEqualTo("[]\n");
  }

  @Test
  void anAgentThatWasCancelledBeforeItBeganIsNotOfTheFork() throws Exception {
    project.agent("touch %1$s/begun; sleep 1000".formatted(temp));
    project
        .flow(
            """
            def env = yield CreateWorktree()
            yield Race(slow: RunAgent(env: env, prompt: 'p', name: 'slow'),
              fast: Exec('until [ -e %s/begun ]; do sleep 0.1; done'))
            return (yield Exec('echo over')).output.trim()
            """
                .formatted(temp))
        .ok();
    String run = project.onlyRun();
    assertThat(project.state.run(run).agents().resolve("slow")).isDirectory();

    assertThat(forkOf(run, "3")).isEqualTo("over\n");
    assertThat(Files.readString(project.state.run(other(run)).trace())).contains("cancelled");
    assertThat(project.state.run(other(run)).agents().resolve("slow")).doesNotExist();
  }

  private String other(String run) {
    return project
        .conductor("ps", "--json")
        .json()
        .valueStream()
        .map(one -> one.path("id").asString())
        .filter(id -> !id.equals(run))
        .findFirst()
        .orElseThrow();
  }
}
