package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An agent that speaks claude's protocol badly. Whatever it does, the run goes on or ends in a
 * typed failure, it can be resumed once the agent is a good one, and no process is left.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Order(1)
class HostileAgentTest {

  /** Speaks the protocol; {@code turn} is what it does when it is asked for something. */
  private static final String AGENT =
      """
      say() { printf '%s\\n' "$1"; }
      tells() { say '{"type":"assistant","message":{"content":[{"type":"text","text":"'"$1"'"}]}}'; }
      ends() { say '{"type":"result","subtype":"success","is_error":false,"result":"'"$1"'","modelUsage":{}}'; }
      fails() { say '{"type":"result","subtype":"success","is_error":true,"result":"'"$1"'","modelUsage":{}}'; }
      asks() { say '{"type":"control_request","request_id":"'$1'","request":{"subtype":"can_use_tool","tool_name":"Bash","input":{"command":"rm '$1'"}}}'; }
      xs() { head -c $1 /dev/zero | tr '\\0' x; }
      answered() { ends "$1"; }
      BEHAVIOUR
      while read -r line; do
        case "$line" in
          *conductor-greets*) say '{"type":"control_response","response":{"subtype":"success","request_id":"conductor-greets","response":{}}}' ;;
          *'"type":"user"'*) say '{"type":"system","subtype":"init","session_id":"s-1"}'; say "$line"; turn ;;
          *'"behavior":"allow"'*) answered allowed ;;
          *'"behavior":"deny"'*) answered denied ;;
        esac
      done
      """;

  private static final String GOOD = "turn() { tells working; ends fine; }";
  private static final String ASKS =
      "def env = yield CreateWorktree()\nreturn yield RunAgent(env, 'do', name: 'coder')";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(
            project.sh(
                "grep -lzs \"CONDUCTOR_JOB=%s\" /proc/[0-9]*/environ || true".formatted(temp)))
        .as("processes that are left")
        .isEmpty();
  }

  private void agent(String behaviour) throws Exception {
    agent(behaviour, "");
  }

  private void agent(String behaviour, String settings) throws Exception {
    project.conversing(AGENT.replace("BEHAVIOUR", behaviour), settings);
  }

  private Path agentDirectory() {
    return project.state.run(project.onlyRun()).agents().resolve("coder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "echo 'Welcome!'; echo '{ \"half'; echo; echo '[1]'; echo junk >&2; turn() { ends fine; } | fine",
        "turn() { printf '{\"type\":\"assistant\",\"message\":{\"content\":[]},\"x\":\"'; xs 52428800; say '\"}'; ends fine; } | fine",
        "turn() { printf '{\"type\":\"user\",\"message\":{\"content\":\"'; xs 52428800; say '\"}}'; ends fine; } | fine",
        "turn() { ends \"$(printf 'a\\377b')\"; } | a\uFFFDb",
      })
  void whatIsNotUnderstoodIsPassedOver(String behaviour, String said) throws Exception {
    agent(behaviour);

    assertThat(project.flow(ASKS).ok().out()).isEqualTo(said + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "turn() { printf '{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"'; xs 52428800; say '\"}'; } | AgentFailed: the agent coder | a line of 50 MiB",
        "turn() { exec >&-; sleep 1000; } | AgentTimeout: the agent coder | idle_timeout of 2s is over",
        "turn() { while :; do echo x; done; } | AgentTimeout: the agent coder | idle_timeout of 2s is over",
        "turn() { sleep 1000 & setsid sleep 1000 & kill -9 $$; } | AgentEnded: the agent coder | its process is gone with exit code 137",
        "turn() { trap '' TERM INT HUP; while :; do sleep 1; done; } | AgentTimeout: the agent coder | idle_timeout of 2s is over",
        "turn() { fails 'Invalid API key · Please run /login'; } | AgentUnavailable: the agent type 'mine' | Please run /login",
        "echo \"error: unknown option '$2'\" >&2; case $* in *--version) echo 1.0.60 '(Claude Code)'; exit 0;; *) exit 1;; esac | AgentUnavailable: the agent type 'mine' | its version 1.0.60 is too old, 2.0.45 is the least; update it",
        "turn() { exit 3; } | AgentEnded: the agent coder | its process is gone with exit code 3",
        "turn() { say '{\"type\":\"result\",\"is_error\":true,\"api_error_status\":429,\"result\":\"no more\"}'; } | RateLimited: the agent coder | is rate limited",
      })
  void aBadAgentIsATypedFailureAndTheRunGoesOnWithAGoodOne(
      String behaviour, String failure, String message) throws Exception {
    agent(behaviour, "idle_timeout: 2s\nwait_for_limits: false");

    Project.Result result = project.flow(ASKS);

    assertThat(result.code()).as(result.out()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("flow.groovy:2:14: " + failure).contains(message);
    nothingIsLeft();
    agent(GOOD);
    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("fine\n");
  }

  @Test
  void aPermissionThatNobodyAnswersIsADenial() throws Exception {
    agent("turn() { asks q1; }", "timeout: 2s");

    Project.Result result = project.flow(ASKS);

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("AgentDenied", "coder", "nobody answered", "rm q1");
    assertThat(project.conductor("gates").out()).isEmpty();
  }

  @Test
  void proseForASchemaIsInvalidOutput() throws Exception {
    agent("turn() { ends 'Well, yes.'; }");

    Project.Result result =
        project.flow(ASKS.replace("name:", "output_format: [type: 'object'], name:"));

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("InvalidOutput", "coder", "asked 3 times");
  }

  @Test
  void aProgramThatIsUpdatedWhileItRunsGoesOnInItsSession() throws Exception {
    agent(
        "turn() { mv new agent; kill -9 $$; }"
            .replace("new", temp + "/new")
            .replace(" agent", " " + temp + "/agent"));
    Files.writeString(
        temp.resolve("new"), "#!/bin/sh\necho $* >> $LEDGER\n" + AGENT.replace("BEHAVIOUR", GOOD));
    project.sh("chmod +x new");

    assertThat(project.flow(ASKS).ok().out()).isEqualTo("fine\n");
    assertThat(project.ledger()).singleElement().asString().contains("--resume s-1");
  }

  @Test
  void aProgramThatIsGoneWhileItRunsIsToldAndTheRunGoesOnWhenItIsThereAgain() throws Exception {
    agent("turn() { rm -f %s/agent; kill -9 $$; }".formatted(temp));

    Project.Result result = project.flow(ASKS);

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err())
        .contains("AgentUnavailable: the agent type 'mine'", temp + "/agent", "install it");
    agent(GOOD);
    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("fine\n");
  }

  @Test
  void aMessageToARunThatHasEndedIsRefused() throws Exception {
    agent(GOOD);
    project.flow(ASKS).ok();

    Project.Result sent = project.conductor("send", project.onlyRun() + ":coder", "more");

    assertThat(sent.code()).isEqualTo(Exit.USAGE);
    assertThat(sent.err()).contains("has ended: its agents take no messages");
  }

  @Test
  void ofTwoPeopleWhoAreAttachedAndAnswerTheFirstWinsAndTheSecondIsTold() throws Exception {
    agent(
        "turn() { asks q1; }; answered() { until [ -e %s/go ]; do sleep 0.05; done; ends \"$1\"; }"
            .formatted(temp));
    Process run = project.start("run", project.file("flow.groovy", ASKS).toString());
    Project.await(project.state.index(), run::isAlive);
    Project.await(agentDirectory().resolve("gates/1.json"), run::isAlive);
    Process one = project.start("attach", project.onlyRun() + ":coder");
    Process two = project.start("attach", project.onlyRun() + ":coder");

    type(one, "/allow");
    awaitSaid("answered coder:1: allow");
    type(two, "/deny");
    awaitSaid("coder:1 was answered before: allow");

    assertThat(project.conductor("answer", project.onlyRun(), "coder:1", "deny").err())
        .contains("coder:1 was answered before");
    Files.createFile(temp.resolve("go"));
    assertThat(run.waitFor()).isZero();
    assertThat(one.waitFor() + two.waitFor()).isZero();
    assertThat(Files.readString(temp.resolve("out"))).contains("allowed\n");
  }

  private static void type(Process process, String line) throws Exception {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private void awaitSaid(String text) throws Exception {
    Path err = temp.resolve("err");
    try (WatchService watch = temp.getFileSystem().newWatchService()) {
      temp.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!Files.readString(err).contains(text)) {
        var key = watch.poll(1, TimeUnit.SECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    }
  }

  @Test
  void whatAnAgentChangesIsOneLineUnlessItIsAskedFor() throws Exception {
    agent(
        """
        turn() {
          say '{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"ok"}]},"tool_use_result":{"filePath":"'"$PWD"'/a.txt","structuredPatch":[{"lines":[" one","-two","+2","+three"]}]}}'
          ends fine
        }
        """);
    project.flow(ASKS).ok();
    String coder = project.onlyRun() + ":coder";

    assertThat(project.conductor("logs", coder).ok().out())
        .contains("± a.txt +2 -1\n")
        .doesNotContain("three");
    assertThat(project.conductor("logs", coder, "--diffs").ok().out())
        .contains("± a.txt +2 -1\n┊  one\n┊ -two\n┊ +2\n┊ +three\n");
    assertThat(project.conductor("attach", coder).ok().out())
        .contains("± a.txt +2 -1\n")
        .doesNotContain("three");
  }

  @Test
  void aFullDiskInMidTurnLeavesTheRunToBeResumed() throws Exception {
    agent(
        """
        turn() {
          lines=$(head -c 1000 /dev/zero | sed 's/\\x00/a\\\\n/g')
          for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
            say '{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"'"$lines"'"}]}}'
          done
          while [ ! -e %s/go ]; do sleep 0.1; done
          ends fine
        }
        """
            .formatted(temp));
    Path flow = project.file("flow.groovy", ASKS);

    Process process = project.startWithin(64, "run", flow.toString());

    int code = process.waitFor();
    assertThat(code).as(Files.readString(temp.resolve("err"))).isEqualTo(Exit.BROKEN);
    assertThat(Files.readString(temp.resolve("err")))
        .contains("session-1/log", "can be resumed")
        .doesNotContain("internal error");
    Files.createFile(temp.resolve("go"));
    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("fine\n");
    assertThat(agentDirectory().resolve("session-2")).doesNotExist();
  }
}
