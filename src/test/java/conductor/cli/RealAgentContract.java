package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.model.AgentHome;
import conductor.model.ModelServer;
import conductor.model.ModelTurn;
import conductor.model.RealAgent;
import conductor.run.Inbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What conductor promises of every agent, tried with the real program against a model server on
 * loopback. The table in {@code docs/agents.md} names these tests.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
abstract class RealAgentContract {

  @TempDir private Path temp;
  Project project;
  ModelServer model;

  abstract RealAgent agent();

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

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    model = new ModelServer();
    AgentHome home = AgentHome.make(temp.resolve("home"), model.address());
    project.environment.putAll(home.environment(agent()));
    project.sh("git config --global user.email t@example.com; git config --global user.name T");
    configure("");
  }

  /** Makes it the default agent, with more settings of its own. */
  void configure(String settings) throws Exception {
    String name = agent().command();
    project.configure(
        """
        agent: %s
        agents:
          %s:
            program: '%s'
            pass_env: [TMPDIR, SCRIPTED_API_KEY]
            backoff: 1s
        """
                .formatted(name, name, agent().program())
            + settings.indent(4));
  }

  @AfterEach
  void end() throws Exception {
    model.close();
    String left =
        project.sh("grep -lzs \"CONDUCTOR_JOB=%s\" /proc/[0-9]*/environ || true".formatted(temp));
    assertThat(left).as("processes that are left").isEmpty();
  }

  Path flow(String prompt) throws Exception {
    return project.file(
        "flow.groovy",
        """
        def env = yield CreateWorktree()
        def said = yield RunAgent(env: env, prompt: '''%s''', name: 'coder')
        def made = (yield Exec(command: 'ls', env: env)).output.readLines()
        return said + ' ' + made
        """
            .formatted(prompt));
  }

  Project.Result run(String prompt) throws Exception {
    return project.conductor("run", flow(prompt).toString());
  }

  /** Runs a script that tells what became of an agent. */
  String tried(String prompt) throws Exception {
    return project.conductor("run", trying(prompt).toString()).ok().out();
  }

  private Path trying(String prompt) throws Exception {
    return project.file(
        "trying.groovy",
        """
        def env = yield CreateWorktree()
        def tried = yield Try(RunAgent(env: env, prompt: '''%s''', name: 'coder'))
        return tried.ok() ? tried.value : tried.failure.class.simpleName + ': ' + tried.failure.message
        """
            .formatted(prompt));
  }

  JsonNode shown() {
    return project.conductor("show", project.onlyRun(), "--json").json().path("agents").get(0);
  }

  Path agentDirectory() {
    return project.state.run(project.onlyRun()).agents().resolve("coder");
  }

  /** The one run, once it is there. */
  String begun(Process process) throws Exception {
    Project.await(project.state.index(), process::isAlive);
    return project.onlyRun();
  }

  void awaitGate(Process process, int n) throws Exception {
    begun(process);
    Project.await(agentDirectory().resolve("gates/" + n + ".json"), process::isAlive);
  }

  String outcome(Process process) throws Exception {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(err()).isTrue();
    assertThat(process.exitValue()).as(err()).isZero();
    return Files.readString(temp.resolve("out"));
  }

  String err() throws Exception {
    return Files.readString(temp.resolve("err"));
  }

  List<ModelTurn> turns() {
    return model.realTurns();
  }

  @Test
  void turn() throws Exception {
    Project.Result result = run("do [[write:a.txt|hello]] [[say:wrote it]]");

    assertThat(result.ok().out()).isEqualTo("wrote it [README.md, a.txt]\n");
    assertThat(shown().path("status").asString()).isEqualTo("done");
    assertThat(project.conductor("logs", project.onlyRun() + ":coder").out())
        .contains("wrote it", "> do");
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
    Process process =
        project.start(
            "run", flow("do [[bash:%s]] [[say:did]]".formatted(asksFor("yes"))).toString());
    awaitGate(process, 1);
    assertThat(project.conductor("gates").out())
        .contains("coder:1", "python3", "permissions.allow");
    project.awaitStatus(process, "blocked");
    assertThat(shown().path("status").asString()).isEqualTo("blocked");
    project.conductor("answer", project.onlyRun(), "coder:1", "allow").ok();

    assertThat(outcome(process)).isEqualTo("did [README.md, yes]\n");
    assertThat(project.conductor("gates").out()).isBlank();
  }

  @Test
  void permissionThatIsDenied() throws Exception {
    Process process =
        project.start(
            "run", trying("do [[bash:%s]] [[say:did]]".formatted(asksFor("no"))).toString());
    awaitGate(process, 1);
    project.conductor("answer", project.onlyRun(), "coder:1", "deny").ok();

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
    Process process = project.start("run", flow.toString());
    model.awaitTurn("do", 0);
    project.conductor("send", begun(process) + ":coder", "ONE MORE THING").ok();
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
    Process process = project.start("run", flow.toString());
    model.awaitTurn("do", 0);
    new Inbox(project.state.run(begun(process))).cancelAgent("coder", Instant.now());

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
    configure("wait_for_limits: false\nidle_timeout: 8s");

    assertThat(tried("do [[http:429]]")).startsWith(failureOn(429));
  }

  @Test
  void httpErrors() throws Exception {
    configure("retries: 0\nidle_timeout: 8s");

    for (int status : List.of(400, 401, 529)) {
      assertThat(tried("do [[http:%d]]".formatted(status))).startsWith(failureOn(status));
    }
  }

  @Test
  void hang() throws Exception {
    configure("idle_timeout: 4s");

    assertThat(tried("do [[hang]]")).startsWith("AgentTimeout");
  }

  @Test
  void adoptedInMidTurn() throws Exception {
    Process process =
        project.start("run", flow("do [[gate:g]] [[write:a.txt|x]] [[say:over]]").toString());
    model.awaitTurn("do", 0);
    process.destroyForcibly().waitFor();
    Process resumed = project.start("resume", project.onlyRun());
    model.open("g");

    assertThat(outcome(resumed)).isEqualTo("over [README.md, a.txt]\n");
    assertThat(agentDirectory().resolve("session-2")).doesNotExist();
    assertThat(turns()).extracting(ModelTurn::step).containsExactly(0, 1);
  }

  @Test
  void adoptedWithAPermissionOpen() throws Exception {
    Process process =
        project.start(
            "run", flow("do [[bash:%s]] [[say:did]]".formatted(asksFor("yes"))).toString());
    awaitGate(process, 1);
    process.destroyForcibly().waitFor();
    project.conductor("answer", project.onlyRun(), "coder:1", "allow").ok();

    assertThat(outcome(project.start("resume", project.onlyRun())))
        .isEqualTo("did [README.md, yes]\n");
    assertThat(agentDirectory().resolve("session-2")).doesNotExist();
  }

  @Test
  void killedAgentGoesOnInItsSession() throws Exception {
    Process process =
        project.start(
            "run",
            flow("do [[write:a.txt|x]] [[gate:g]] [[write:b.txt|x]] [[say:over]]").toString());
    model.awaitTurn("do", 1);
    begun(process);
    String pid = Files.readString(agentDirectory().resolve("session-1/pid")).split(" ", 2)[0];
    project.sh("kill -s KILL -- -" + pid);
    model.open("g");

    assertThat(outcome(process)).startsWith("over [README.md, a.txt");
    assertThat(agentDirectory().resolve("session-2")).isDirectory();
  }
}
