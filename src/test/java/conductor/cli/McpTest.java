package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.run.record.Owner;
import conductor.run.record.Ownership;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An agent program that speaks the Model Context Protocol by its SDK drives conductor. */
class McpTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private McpSyncClient client() {
    List<String> words = project.builder(new ArrayList<>(), "mcp").command();
    var parameters =
        ServerParameters.builder(words.getFirst())
            .args(words.subList(1, words.size()))
            .env(project.environment)
            .build();
    var transport =
        new StdioClientTransport(parameters, McpJsonDefaults.getMapper()) {
          @Override
          protected ProcessBuilder getProcessBuilder() {
            return project.in(project.repo, words);
          }
        };
    McpSyncClient client =
        McpClient.sync(transport).requestTimeout(PATIENCE).initializationTimeout(PATIENCE).build();
    client.initialize();
    return client;
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  private static CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static JsonNode json(McpSyncClient client, String tool, Map<String, Object> arguments) {
    CallToolResult result = call(client, tool, arguments);
    assertThat(result.isError()).as(tool + ": " + text(result)).isFalse();
    return JsonMapper.shared().readTree(text(result));
  }

  /** What was started goes on without the server, and writes into the state until it ends. */
  @AfterEach
  void end() {
    project
        .conductor("ps", "--json")
        .json()
        .forEach(run -> {
          String id = run.path("id").asString();
          Optional<Owner> owner = Ownership.of(project.state.run(id));
          project.conductor("stop", id);
          owner
              .flatMap(one -> ProcessHandle.of(one.process().pid()))
              .ifPresent(process -> process.onExit().join());
        });
  }

  @Test
  void startsWatchesAnswersAndReadsARun() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            @Param('a word') String word
            yield Exec("echo printed $word")
            def answer = yield Ask(prompt: 'Go on?', options: ['yes', 'no'])
            return "$word $answer".toString()
            """);
    try (McpSyncClient client = client()) {
      assertThat(client.getServerInstructions()).contains("start_run", "wait_for_run");
      assertThat(json(client, "list_runs", Map.of()).size()).isZero();
      JsonNode plan =
          json(client, "plan_workflow", Map.of("workflow", flow.toString(), "params", word("x")));
      assertThat(plan.path("works").asBoolean()).isTrue();

      JsonNode started =
          json(client, "start_run", Map.of("workflow", flow.toString(), "params", word("--help")));
      String run = started.path("id").asString();
      JsonNode waits = json(client, "wait_for_run", Map.of("run", run, "timeout", "90s"));
      assertThat(waits.path("status").asString()).isEqualTo("blocked");
      JsonNode asked = json(client, "list_questions", Map.of("run", run));
      assertThat(asked.get(0).path("prompt").asString()).isEqualTo("Go on?");
      assertThat(call(client, "answer_question", Map.of("run", run, "answer", "maybe")).isError())
          .isTrue();
      json(client, "answer_question", Map.of("run", run, "answer", "yes"));
      JsonNode done = json(client, "wait_for_run", Map.of("run", run, "timeout", "90s"));
      assertThat(done.path("status").asString()).isEqualTo("done");

      assertThat(json(client, "show_run", Map.of("run", run)).path("result").asString())
          .isEqualTo("--help yes");
      assertThat(json(client, "read_logs", Map.of("of", run)).toString())
          .contains("printed --help");
      assertThat(json(client, "list_runs", Map.of("limit", 1)).get(0).path("id").asString())
          .isEqualTo(run);
    }
  }

  private static Map<String, Object> word(String word) {
    return Map.of("word", word);
  }

  @Test
  void sendsMessagesAndStops() throws Exception {
    project.conversing(
        ClaudeScript.onPrompt(
            """
            say '{"type":"result","subtype":"success","is_error":false,"session_id":"s-1","result":"done"}'
            """),
        "");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree()
            yield SpawnAgent(env: env, prompt: 'go', name: 'impl')
            return yield Ask('Go on?')
            """);
    try (McpSyncClient client = client()) {
      String run =
          json(client, "start_run", Map.of("workflow", flow.toString())).path("id").asString();
      json(client, "wait_for_run", Map.of("run", run, "timeout", "90s"));
      JsonNode sent =
          json(client, "send_message", Map.of("to", run + ":impl", "message", "--json"));
      assertThat(sent.path("agent").asString()).isEqualTo("impl");
      JsonNode stopped = json(client, "stop_run", Map.of("run", run));
      assertThat(stopped.path("status").asString()).isEqualTo("aborted");
    }
  }

  @Test
  void whatIsNotTrustedIsRefusedWithTheWordsOfRun() throws Exception {
    Path workflows = Files.createDirectories(project.repo.resolve(".conductor/workflows"));
    Files.writeString(workflows.resolve("hello.groovy"), "return yield Exec('touch ran')\n");
    String words = project.conductor("run", "hello").err().strip();
    assertThat(words).contains("conductor trust");
    try (McpSyncClient client = client()) {
      CallToolResult refused = call(client, "start_run", Map.of("workflow", "hello"));

      assertThat(refused.isError()).isTrue();
      assertThat(
              JsonMapper.shared().readTree(text(refused)).path("error").path("message").asString())
          .isEqualTo(words);
      assertThat(json(client, "list_runs", Map.of()).size()).isZero();

      project.conductor("trust").ok();
      json(client, "start_run", Map.of("workflow", "hello"));
    }
  }

  @Test
  void noArgumentIsTakenForAnOption() throws Exception {
    try (McpSyncClient client = client()) {
      for (String word : List.of("--help", "-e", "--yes", "--state-dir=/nowhere", "-", "")) {
        CallToolResult refused = call(client, "start_run", Map.of("workflow", word));
        assertThat(refused.isError()).as(word).isTrue();
        assertThat(text(refused)).as(word).doesNotContain("Usage");
      }
      assertThat(call(client, "start_run", Map.of()).isError()).isTrue();
      assertThat(call(client, "show_run", Map.of("run", 7)).isError()).isTrue();
      assertThat(call(client, "list_runs", Map.of("stacktrace", true)).isError()).isTrue();
      assertThat(call(client, "list_runs", Map.of("limit", "many")).isError()).isTrue();
      assertThat(json(client, "list_runs", Map.of()).size()).isZero();
    }
  }

  @Test
  void anAnswerToAPositionThatAsksNothingIsRefusedWithWhatIsAsked() throws Exception {
    Path flow = project.file("flow.groovy", "return yield Ask('Go on?')\n");
    try (McpSyncClient client = client()) {
      String run =
          json(client, "start_run", Map.of("workflow", flow.toString())).path("id").asString();
      json(client, "wait_for_run", Map.of("run", run, "timeout", "90s"));
      for (String position : List.of("9", "impl", "")) {
        CallToolResult refused =
            call(
                client,
                "answer_question",
                Map.of("run", run, "position", position, "answer", "yes"));
        assertThat(refused.isError()).as(position).isTrue();
        assertThat(text(refused)).as(position).contains("asks nothing at", "Go on?");
      }
      JsonNode answered =
          json(
              client, "answer_question", Map.of("run", run, "position", "1", "answer", "2 say so"));
      assertThat(answered.path("answer").asString()).isEqualTo("2 say so");
    }
  }

  @Test
  void aPageOfALogSaysWhatIsLeftOutAndHowToReadOn() throws Exception {
    project
        .flow("yield Exec('seq 2500; head -c 9000 /dev/zero | tr \"\\\\0\" x; echo; echo end')")
        .ok();
    String run = project.onlyRun();
    try (McpSyncClient client = client()) {
      CallToolResult most = call(client, "read_logs", Map.of("of", run, "lines", 1_000_000));
      JsonNode lines = JsonMapper.shared().readTree(text(most));
      assertThat(lines.size()).isEqualTo(1000);
      assertThat(lines.get(999).path("line").asString()).isEqualTo("end");
      assertThat(lines.get(998).path("line").asString())
          .startsWith("xxx")
          .endsWith("x... (9000 characters)")
          .hasSizeLessThan(4100);
      assertThat(most.content().toString()).contains("'skip': 1000 reads on", "is longer than");

      JsonNode first = json(client, "read_logs", Map.of("of", run, "lines", 1000, "skip", 2000));
      assertThat(first.size()).isEqualTo(502);
      assertThat(first.get(0).path("line").asString()).isEqualTo("1");
      assertThat(call(client, "read_logs", Map.of("of", run, "skip", 2000, "lines", 502)).content())
          .hasSize(1);
      assertThat(call(client, "read_logs", Map.of("of", run, "lines", -1)).isError()).isTrue();
    }
  }

  @Test
  void aPageOfALogIsBoundedInCharactersToo() throws Exception {
    project
        .flow("yield Exec('yes \"$(head -c 3000 /dev/zero | tr \"\\\\0\" y)\" | head -n 90')")
        .ok();
    try (McpSyncClient client = client()) {
      CallToolResult page = call(client, "read_logs", Map.of("of", project.onlyRun()));
      assertThat(text(page).length()).isBetween(90_000, 110_000);
      int shown = JsonMapper.shared().readTree(text(page)).size();
      assertThat(page.content().toString()).contains("'skip': %d reads on".formatted(shown));
    }
  }

  @Test
  void thePageNamesEveryTool() throws Exception {
    try (McpSyncClient client = client()) {
      List<String> names = client.listTools().tools().stream().map(Tool::name).toList();

      String page = Files.readString(Project.home().resolve("docs/mcp.md"));
      assertThat(names).hasSizeGreaterThan(8).allMatch(name -> page.contains("| `" + name + "`"));
    }
  }
}
