package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.modelserver.ModelServer;
import conductor.modelserver.ModelTurn;
import conductor.realagents.AgentHome;
import conductor.realagents.RealAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A machine with one real agent program, and a model server on loopback that it asks. */
@Tag("agents")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class RealAgentMachine {

  @TempDir private Path temp;
  Project project;
  ModelServer model;

  abstract RealAgent agent();

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

  Path trying(String prompt) throws Exception {
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

  /** Starts a script and waits until the model has been asked for something a number of times. */
  Process asked(Path flow, int turns) throws Exception {
    Process process = project.start("run", flow.toString());
    model.awaitTurn("do", turns);
    begun(process);
    return process;
  }

  /** Starts a script and waits until the agent asks for a permission. */
  Process gated(Path flow) throws Exception {
    Process process = project.start("run", flow.toString());
    awaitGate(process, 1);
    return process;
  }

  /** Answers what the agent asks. */
  void answer(String answer) {
    project.conductor("answer", project.onlyRun(), "coder:1", answer).ok();
  }

  /** Takes the run up once more after its process was killed. */
  Process resumed(Process killed) throws Exception {
    killed.destroyForcibly().waitFor();
    return project.start("resume", project.onlyRun());
  }
}
