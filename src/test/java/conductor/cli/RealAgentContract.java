package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.modelserver.ModelTurn;
import conductor.run.record.Inbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What conductor promises of every agent, tried with the real program against a model server on
 * loopback. The table in {@code docs/agents.md} names these tests.
 */
abstract class RealAgentContract extends RealAgentEquipment {

  /** A command that the agent asks a permission for. */
  String asksFor(String file) {
    return "python3 -c 'open(\"%s\",\"w\")'".formatted(file);
  }

  /** The failure that an HTTP error of the model becomes. */
  String failureOn(int status) {
    return switch (status) {
      case 401 -> "AgentUnavailable";
      case 429 -> "RateLimited";
      default -> "AgentFailed";
    };
  }

  @Test
  void turn() throws Exception {
    Project.Result result = run("do [[write:a.txt|hello]] [[say:wrote it]]");

    assertThat(result.ok().out()).isEqualTo("wrote it [README.md, a.txt]\n");
    assertThat(shown().path("status").asString()).isEqualTo("done");
    assertThat(project.conductor("logs", project.onlyRun() + ":coder").out())
        .contains("wrote it", "> do", "± a.txt +1 -0");
  }

  /** What the program did happens again in a scenario, where it is not installed. */
  @Test
  void recorded() throws Exception {
    run("do [[write:a.txt|hello]] [[say:wrote it]]").ok();
    project.conductor("test", "--record", project.onlyRun()).ok();
    project.configure("agent: none\n");

    assertThat(project.conductor("test").ok().out()).contains("1 passed");
  }

  /** A30, A36: what looks like a command of the program is text for its model. */
  @Test
  void promptsThatLookLikeCommands() throws Exception {
    List<String> starts =
        List.of("/clear", " /init", "/compact", "/etc/x", "$x", "!ls", "@README.md", "-p");
    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree(), said = []
            for (start in %s) {
              said << (yield RunAgent(env: env, prompt: start + ' is [[write:a.txt|x]] [[say:did it]]'))
            }
            return said.unique()
            """
                .formatted(starts.stream().map(start -> "'" + start + "'").toList()));

    assertThat(result.ok().out()).isEqualTo("[\"did it\"]\n");
    assertThat(turns())
        .extracting(turn -> turn.prompt().replace("\u200b", "").strip())
        .filteredOn(prompt -> prompt.contains("[[say:did it]]"))
        .map(prompt -> prompt.substring(0, prompt.indexOf(" is")))
        .hasSameElementsAs(starts.stream().map(String::strip).toList());
  }

  @Test
  void usage() throws Exception {
    run("do [[write:a.txt|hello]] [[say:wrote it]]").ok();

    JsonNode usage = shown().path("usage");
    assertThat(usage.path("output_tokens").asLong()).isEqualTo(model.tokens().output());
    assertThat(usage.path("input_tokens").asLong())
        .isEqualTo(model.tokens().input() + model.tokens().cacheWrite());
    assertThat(usage.path("seconds").asDouble()).isPositive();
  }

  @Test
  void permission() throws Exception {
    Process process = gated(flow("do [[bash:%s]] [[say:did]]".formatted(asksFor("yes"))));
    assertThat(project.conductor("gates").out())
        .contains("coder:1", "python3", "permissions.allow");
    project.awaitStatus(process, "blocked");
    assertThat(shown().path("status").asString()).isEqualTo("blocked");
    answer("allow");

    assertThat(outcome(process)).isEqualTo("did [README.md, yes]\n");
    assertThat(project.conductor("gates").out()).isBlank();
  }

  @Test
  void permissionThatIsDenied() throws Exception {
    Process process = gated(trying("do [[bash:%s]] [[say:did]]".formatted(asksFor("no"))));
    answer("deny");

    assertThat(outcome(process)).startsWith(afterDenial());
    assertThat(project.sh("find state/worktrees -name no")).isEmpty();
  }

  /** What an agent comes to that was denied something and then says "did". */
  String afterDenial() {
    return "did";
  }

  @Test
  void permissionByTheRulesOfTheConfiguration() throws Exception {
    configure("permissions: {allow: ['execute(*yes*)'], default: deny}");

    assertThat(run("do [[bash:%s]] [[say:did]]".formatted(asksFor("yes"))).ok().out())
        .isEqualTo("did [README.md, yes]\n");
    assertThat(tried("do [[bash:%s]] [[say:did]]".formatted(asksFor("no"))))
        .startsWith(afterDenial());
    assertThat(project.sh("find state/worktrees -name no")).isEmpty();
  }

  @Test
  void steer() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree()
            def said = yield RunAgent(env: env, prompt: 'do [[gate:g]] [[write:a.txt|x]] [[say:over]]', name: 'coder')
            yield Ask('enough?')
            return said
            """);
    Process process = asked(flow, 0);
    project.conductor("send", project.onlyRun() + ":coder", "ONE MORE THING").ok();
    awaitSaid("ONE MORE THING");
    model.open("g");
    model.awaitTurn(turn -> String.join("\n", turn.heard()).contains("ONE MORE THING"));
    project.awaitStatus(process, "blocked");
    project.conductor("answer", project.onlyRun(), "yes").ok();

    outcome(process);
    assertThat(turns())
        .filteredOn(turn -> turn.prompt().startsWith("do"))
        .extracting(ModelTurn::step, ModelTurn::heard)
        .doesNotHaveDuplicates();
  }

  /** Until a message has been said to the agent's process, or waits for its turn. */
  private void awaitSaid(String text) throws Exception {
    Path second = agentDirectory().resolve("turn-2/prompt");
    Project.await(second, () -> true);
    assertThat(second).hasContent(text);
  }

  @Test
  void cancel() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree()
            def tried = yield Try(RunAgent(env: env, prompt: 'do [[gate:never]] [[say:x]]', name: 'coder'))
            return tried.failure.status
            """);
    Process process = asked(flow, 0);
    new Inbox(project.state.run(project.onlyRun())).cancelAgent("coder", Instant.now());

    assertThat(outcome(process)).isEqualTo("aborted\n");
  }

  @Test
  void resume() throws Exception {
    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def coder = yield SpawnAgent(env: env, prompt: 'one [[say:first]]', name: 'coder')
            yield WaitForStatus(coder, 'done')
            yield SendMessage(coder, 'two [[say:second]]', wait: true)
            return yield CaptureOutput(coder)
            """);

    assertThat(result.ok().out()).contains("first", "second");
    assertThat(agentDirectory().resolve("session-2")).isDirectory();
    assertThat(turns()).extracting(ModelTurn::step).containsOnly(0);
  }

  @Test
  void schema() throws Exception {
    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def format = [type: 'object', required: ['n'], properties: [n: [type: 'integer']], additionalProperties: false]
            def value = yield RunAgent(env: env, prompt: 'do [[structured:{"n": 7}]]', output_format: format, name: 'coder')
            return value.n + 1
            """);

    assertThat(result.ok().out()).isEqualTo("8\n");
  }

  @Test
  void schemaThatIsNotMet() throws Exception {
    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def format = [type: 'object', required: ['n'], properties: [n: [type: 'integer']], additionalProperties: false]
            try {
              yield RunAgent(env: env, prompt: 'do [[say:prose]]', output_format: format, name: 'coder')
            } catch (InvalidOutput e) {
              return e.attempts
            }
            """);

    assertThat(result.ok().out()).isEqualTo("3\n");
  }

  @Test
  void rateLimit() throws Exception {
    assertFailsOn(429, "wait_for_limits: false");
  }

  @Test
  void httpErrors() throws Exception {
    for (int status : List.of(400, 401, 529)) {
      assertFailsOn(status, "retries: 0");
    }
  }

  /** Only an agent that tries again for ever is cut off soon: others may be slow to start. */
  private void assertFailsOn(int status, String settings) throws Exception {
    String failure = failureOn(status);
    String limit = failure.equals("AgentTimeout") ? "8s" : "100s";
    configure(settings + "\nidle_timeout: " + limit);

    assertThat(tried("do [[http:%d]]".formatted(status))).startsWith(failure);
  }

  @Test
  void hang() throws Exception {
    configure("idle_timeout: 4s");

    assertThat(tried("do [[hang]]")).startsWith("AgentTimeout");
  }

  @Test
  void adoptedInMidTurn() throws Exception {
    Process process = asked(flow("do [[gate:g]] [[write:a.txt|x]] [[say:over]]"), 0);
    Process resumed = resumed(process);
    model.open("g");

    assertThat(outcome(resumed)).isEqualTo("over [README.md, a.txt]\n");
    assertThat(agentDirectory().resolve("session-2")).doesNotExist();
    assertThat(turns()).extracting(ModelTurn::step).containsExactly(0, 1);
  }

  @Test
  void adoptedWithAPermissionOpen() throws Exception {
    Process process = gated(flow("do [[bash:%s]] [[say:did]]".formatted(asksFor("yes"))));
    process.destroyForcibly().waitFor();
    answer("allow");

    assertThat(outcome(resumed(process))).isEqualTo("did [README.md, yes]\n");
    assertThat(agentDirectory().resolve("session-2")).doesNotExist();
  }

  @Test
  void killedAgentGoesOnInItsSession() throws Exception {
    Process process =
        asked(flow("do [[write:a.txt|x]] [[gate:g]] [[write:b.txt|x]] [[say:over]]"), 1);
    String pid = Files.readString(agentDirectory().resolve("session-1/pid")).split(" ", 2)[0];
    project.sh("kill -s KILL -- -" + pid);
    model.open("g");

    assertThat(outcome(process)).startsWith("over [README.md, a.txt");
    assertThat(agentDirectory().resolve("session-2")).isDirectory();
  }

  /** Whether a session can be copied up to any of its turns, or only as it is. */
  boolean forksAnywhere() {
    return true;
  }

  /** A fork before something was said: the copy does not have it, and the session stays. */
  @Test
  void fork() throws Exception {
    project
        .flow(
            """
            def env = yield CreateWorktree()
            def coder = yield SpawnAgent(env: env, prompt: 'one [[say:first]]', name: 'coder')
            yield WaitForStatus(coder, 'done')
            try {
              yield SendMessage(coder, 'two [[say:second]]', wait: true)
            } catch (SessionNotForkable e) {
              return e.agent + ' stayed'
            }
            return yield WaitForStatus(coder, ['done', 'error'])
            """)
        .ok();
    String run = project.onlyRun();
    Path session = agentDirectory().resolve("session.json");
    String before = Files.readString(session);
    int asked = turns().size();

    Project.Result forked = project.conductor("fork", run, "--at", "4");

    assertThat(forked.ok().out()).isEqualTo(forksAnywhere() ? "\"done\"\n" : "coder stayed\n");
    assertThat(session).hasContent(before);
    List<ModelTurn> anew = turns().subList(asked, turns().size());
    assertThat(anew).hasSize(forksAnywhere() ? 1 : 0);
    for (ModelTurn turn : anew) {
      assertThat(turn.prompts()).containsExactly("one [[say:first]]", "two [[say:second]]");
      assertThat(usageOf(forkOf(run)))
          .as("what was used before the fork is not paid for again")
          .isEqualTo(model.tokens().output() - usageOf(run));
    }
  }

  /** Whether a session can be copied as it is. */
  boolean forks() {
    return true;
  }

  @Test
  void forkOfAllThatWasSaid() throws Exception {
    Path go = project.root.resolve("go");
    project
        .flow(
            """
            def env = yield CreateWorktree()
            def coder = yield SpawnAgent(env: env, prompt: 'one [[say:first]]', name: 'coder')
            yield WaitForStatus(coder, 'done')
            if (!(yield Exec('test -e %s')).passed) { return 'over' }
            try {
              yield SendMessage(coder, 'two [[say:second]]', wait: true)
            } catch (SessionNotForkable e) {
              return e.agent + ' stayed'
            }
            return yield WaitForStatus(coder, ['done', 'error'])
            """
                .formatted(go))
        .ok();
    Files.createFile(go);

    Project.Result forked = project.conductor("fork", project.onlyRun(), "--at", "4");

    assertThat(forked.ok().out()).isEqualTo(forks() ? "\"done\"\n" : "coder stayed\n");
    if (forks()) {
      assertThat(turns().getLast().prompts())
          .containsExactly("one [[say:first]]", "two [[say:second]]");
    }
  }

  private long usageOf(String run) {
    return project
        .conductor("show", run, "--json")
        .json()
        .at("/agents/0/usage/output_tokens")
        .asLong();
  }

  private String forkOf(String run) {
    for (JsonNode one : project.conductor("ps", "--json").json()) {
      if (!one.path("id").asString().equals(run)) {
        return one.path("id").asString();
      }
    }
    throw new AssertionError("no fork of " + run);
  }
}
