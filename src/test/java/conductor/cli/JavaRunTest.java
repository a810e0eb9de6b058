package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole runs of workflows in Java. */
class JavaRunTest {

  private static final String GROOVY =
      """
      @Param String word = 'hello'
      def env = yield CreateWorktree(name: 'same')
      yield WriteFile(env: env, path: 'a.txt', content: word)
      def both = yield Gather([Exec(command: 'echo 1', env: env), Exec(command: 'echo 2')])
      def named = yield Gather(x: { yield Get('k') }, y: Sleep('10ms'))
      try {
        yield Exec(command: 'exit 3', check: true, timeout: '1m')
      } catch (ExecFailed e) {
        yield Put('code', e.exitCode)
      }
      def agent = handling(RunAgent: { effect, perform -> "played " + effect.prompt }) {
        yield RunAgent(env: env, prompt: 'work')
      }
      both.size() + agent
      """;

  private static final String JAVA =
      """
      @Param String word = "hello";
      var env = perform(CreateWorktree().withName("same"));
      perform(WriteFile(env, "a.txt", word));
      List<ExecResult> both = perform(Gather(Exec("echo 1").withEnv(env), Exec("echo 2")));
      Callable<Object> get = () -> perform(Get("k"));
      var named = perform(Gather(Map.of("x", get, "y", Sleep("10ms"))));
      try {
        perform(Exec("exit 3").withCheck(true).withTimeout("1m"));
      } catch (ExecFailed e) {
        perform(Put("code", e.exitCode));
      }
      var agent = handling(RunAgent.class, (effect, onward) -> "played " + effect.prompt(),
          () -> perform(RunAgent(env, "work")));
      both.size() + (String) agent
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private List<JsonNode> journal(String file, String text) throws Exception {
    Path flow = project.file(file, text);
    Project.Result result = project.conductor("run", flow.toString()).ok();
    assertThat(result.out()).isEqualTo("2played work\n");
    String run =
        project.conductor("ps", "--json", "--limit", "1").json().get(0).path("id").asString();
    return Files.readAllLines(project.state.run(run).trace()).stream()
        .map(line ->
            JsonMapper.shared()
                .readTree(
                    line.replace(run, "RUN")
                        .replaceAll("RUN-\\d+", "RUN")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")))
        .map(JavaRunTest::withoutTimesAndLines)
        .toList();
  }

  /** What differs between any two runs: times, processes, commits, paths of logs; and lines. */
  private static JsonNode withoutTimesAndLines(JsonNode entry) {
    var node = (ObjectNode) entry;
    node.properties().stream()
        .map(property -> property.getKey())
        .toList()
        .forEach(key -> {
          if (List.of("at", "pid", "host", "calls", "hash", "n", "synced", "crc").contains(key)) {
            node.remove(key);
          }
        });
    if (node.path("value").isObject()) {
      var value = (ObjectNode) node.path("value");
      value.remove(List.of("created_at", "base_commit", "log_path"));
    }
    return node;
  }

  @Test
  void theSameWorkflowHasTheSameJournalButForLines() throws Exception {
    List<JsonNode> groovy = journal("same.groovy", GROOVY);
    List<JsonNode> java = journal("same.jsh", JAVA);

    assertThat(java).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(groovy);
  }

  @Test
  void aRunIsResumedFromItsOwnCopyWithoutRepeatingAnything() throws Exception {
    Path marker = temp.resolve("marker");
    Path flow =
        project.file(
            "flow.jsh",
            """
            @Param String marker;
            perform(Exec("echo once >> $LEDGER"));
            perform(Exec("test -f " + marker).withCheck(true));
            "done"
            """);
    assertThat(project.conductor("run", flow.toString(), "--param", "marker=" + marker).code())
        .isEqualTo(Exit.FAILED);
    Files.writeString(flow, "1");
    Files.createFile(marker);

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("done\n");
    assertThat(project.ledger()).containsExactly("once");
  }

  @Test
  void anErrorShowsTheFilesLineAndNoHostFrames() throws Exception {
    Path flow = project.file("flow.jsh", "int a = 1;\n\nint b = a / (a - 1);\n");

    Project.Result failed = project.conductor("run", flow.toString());

    assertThat(failed.code()).isEqualTo(Exit.FAILED);
    assertThat(failed.err())
        .contains("flow.jsh:3:1: ArithmeticException: / by zero")
        .doesNotContain("JShell");
  }

  @Test
  void itIsPlannedAndChecked() throws Exception {
    Path flow = project.file("same.jsh", JAVA);

    assertThat(project.conductor("plan", flow.toString()).ok().out())
        .contains("2 WriteFile", "same.jsh:3", "a run could work");
    assertThat(project.conductor("check", flow.toString()).ok().out()).isEmpty();
  }
}
