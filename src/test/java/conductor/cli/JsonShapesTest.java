package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import conductor.state.StateJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What commands print with {@code --json} is what {@code docs/reference/schemas} says: the schemas
 * are made from the records that are printed ({@code -Dgolden.write=true}), and what every command
 * prints is held against them, where no key may be left over.
 */
class JsonShapesTest {

  /** Commands that refuse {@code --json}. */
  private static final List<String> FOR_PEOPLE = List.of("repl", "env shell", "mcp");

  @TempDir private Path temp;
  private Project project;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void theSchemasAreMadeFromWhatIsPrinted() throws Exception {
    for (PrintedShape shape : PrintedShape.ALL) {
      ReferenceTest.assertGolden(shape.file(), StateJson.pretty(shape.schema()));
    }
    try (Stream<Path> files = Files.list(PrintedShape.ALL.getFirst().file().getParent())) {
      assertThat(files).hasSize(PrintedShape.ALL.size());
    }
    ReferenceTest.assertGolden(Project.home().resolve("docs/reference/json.md"), page());
  }

  private static String page() {
    var lines = new ArrayList<String>();
    lines.add(
        """
        # JSON of the commands

        Made from what the commands print; a test holds every one of them against its schema.

        With `--json` a command prints one JSON document on standard output and nothing else; with `logs -f`, `watch` and
        `attach` one a line. Lists are arrays. Every object that is printed, or that an array holds, has `v`, the version of
        its shape: keys may be added to a shape; where a key changes its meaning or goes, `v` rises. So read what you know and
        ignore the rest. What is null is there as `null`. A command that fails prints the document `error` in place of its
        result, and its [exit code](../exit-codes.md) says the same.

        The schemas are JSON Schema, draft 2020-12. What the keys of the largest mean is told [with the state](../state.md).

        | commands | | schema |
        |---|---|---|\
        """);
    for (PrintedShape shape : PrintedShape.ALL) {
      String commands =
          String.join(", ", shape.commands().stream().map(name -> "`" + name + "`").toList());
      lines.add(
          "| %s | %s%s | [%4$s](schemas/%4$s.json) |"
              .formatted(commands, shape.array() ? "array: " : "", shape.about(), shape.name()));
    }
    return String.join("\n", lines) + "\n";
  }

  @Test
  void everyCommandHasAShape() {
    var shaped = new TreeSet<>(FOR_PEOPLE);
    PrintedShape.ALL.forEach(shape -> shaped.addAll(shape.commands()));
    shaped.remove("COMMAND");
    var groups = List.of("issue", "env", "template", "pr");

    var all = new TreeSet<String>();
    ReferenceTest.commands().forEach(words -> all.add(String.join(" ", words)));
    groups.forEach(all::remove);
    assertThat(shaped).containsExactlyElementsOf(all);
  }

  @Test
  void everyCommandPrintsWhatItsSchemaSays() throws Exception {
    String done = looked();
    asked();
    pulls();
    removed(done);
    machineAsked();

    seen.add("ui"); // which goes on: UiCommandTest holds it
    assertThat(seen).containsAll(PrintedShape.ALL.stream().map(PrintedShape::name).toList());
  }

  private String looked() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree()
            yield RunAgent(env, 'go', name: 'impl')
            return yield CreatePR(env, 'T')
            """);
    holds("run", 0, "run", flow.toString());
    String run = project.onlyRun();
    holds("ps", 0, "ps");
    holds("show", 0, "show", run);
    holds("run", 0, "wait", run);
    holds("watch", 0, "watch", run);
    holds("logs", 0, "logs", run);
    holds("env-list", 0, "env", "list");
    String env = project.conductor("env", "list", "--json").json().get(0).path("id").asString();
    holds("env-path", 0, "env", "path", env);
    holds("plan", 0, "plan", flow.toString());
    holds("export", 0, "export", run);
    holds("export", 0, "report", run, "--format", "markdown");
    holds("bundle", 0, "bundle", run, "-o", "run.tar.gz");
    holds("verify", 0, "verify", "run.tar.gz");
    holds("check", 2, "check", project.file("wrong.groovy", "yield Exek('ls')\n").toString());
    String scenario = "scenario('is done') { agent { }; run 'flow'; expect { pulls.empty } }";
    holds("test", 0, "test", project.file("flow_test.groovy", scenario).toString());
    holds("test", 0, "test", "--record", run);
    return run;
  }

  private void asked() throws Exception {
    Path flow =
        project.file(
            "ask.groovy",
            """
            def env = yield CreateWorktree()
            yield RunAgent(env, 'go', name: 'impl')
            return yield Ask('go on?')
            """);
    holds("run", 3, "run", flow.toString(), "--no-wait", "--name", "asks");
    holds("ps", 0, "ps", "--status", "blocked");
    holds("show", 0, "show", "asks");
    holds("gates", 0, "gates");
    holds("send", 0, "send", "asks:impl", "hello");
    holds("answer", 0, "answer", "asks", "yes");
    holds("run", 0, "resume", "asks");
    holds("run", 3, "fork", "asks", "--at", "3", "--no-wait");
    String forked = project.conductor("ps", "--json").json().get(0).path("id").asString();
    holds("run", 0, "stop", forked);
  }

  private void pulls() throws Exception {
    holds("pr-list", 0, "pr", "list");
    holds("pr-comment", 0, "pr", "comment", "1", "--body", "good");
    holds("pr-show", 0, "pr", "show", "1");
    holds("pr-diff", 0, "pr", "diff", "1");
    holds("pr-checkout", 0, "pr", "checkout", "1", "--branch", "here");
    holds("pr", 0, "pr", "edit", "1", "--title", "Better");
    holds("pr", 0, "pr", "update-branch", "1");
    holds("pr", 0, "pr", "close", "1");
    holds("pr", 0, "pr", "reopen", "1");
  }

  private void removed(String run) {
    holds("env-cleanup", 0, "env", "cleanup", "--dry-run");
    String env = project.conductor("env", "list", "--json").json().get(0).path("id").asString();
    holds("env-delete", 0, "env", "delete", env, "--force");
    holds("removed", 0, "gc", "--older-than", "0s", "--dry-run");
    holds("removed", 0, "rm", run, "--force");
  }

  private void machineAsked() throws Exception {
    holds("issue", 0, "issue", "create", "An issue", "--labels", "bug");
    holds("issue", 0, "issue", "show", "ISSUE-001");
    holds("issue-list", 0, "issue", "list");
    holds("issue", 0, "issue", "resolve", "ISSUE-001", "--pr", "https://example.com/1");
    holds("template-list", 0, "template", "list");
    holds("template-show", 0, "template", "show", "basic_pr");
    holds("template-new", 0, "template", "new", "mine");
    holds("trust", 0, "trust");
    holds("agents", 0, "agents");
    holds("effects", 0, "effects");
    holds("config", 0, "config");
    holds("completion", 0, "completion", "bash");
    holds("init", 0, "init", "--yes");
    holds("doctor", 0, "doctor");
    project.sh("chmod 755 state");
    holds("doctor", 1, "doctor", "--state");
    holds("error", 2, "show", "wf-ffffff");
    holds("error", 2, "nonsense");
  }

  @Test
  void aKeyOfWhichTheSchemaDoesNotSpeakIsFound() {
    PrintedShape sent = shape("send");

    assertThat(wrong(sent, "{\"v\":1,\"id\":\"1\",\"agent\":\"impl\"}")).isEmpty();
    assertThat(wrong(sent, "{\"v\":1,\"id\":\"1\",\"agent\":\"impl\",\"more\":1}")).isNotEmpty();
    assertThat(wrong(sent, "{\"v\":1,\"id\":\"1\"}")).isNotEmpty();
    assertThat(wrong(sent, "{\"id\":\"1\",\"agent\":\"impl\"}")).isNotEmpty();
    assertThat(wrong(sent, "{\"v\":1,\"id\":1,\"agent\":\"impl\"}")).isNotEmpty();
  }

  static PrintedShape shape(String name) {
    return PrintedShape.ALL.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<?> wrong(PrintedShape shape, String document) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JsonMapper.shared().<JsonNode>valueToTree(closed(shape.schema())))
        .validate(JsonMapper.shared().readTree(document));
  }

  /** Calls a command, and holds each document that it prints against a schema. */
  private void holds(String name, int code, String... words) {
    PrintedShape shape = shape(name);
    var all = new ArrayList<String>(List.of(words));
    all.add("--json");
    Project.Result result = project.conductor(all.toArray(String[]::new));
    String called = String.join(" ", all);
    assertThat(result.code()).as(called + "\n" + result.err()).isEqualTo(code);
    assertThat(result.out()).as(called).isNotBlank();
    for (String text : result.out().lines().toList()) {
      JsonNode document = JsonMapper.shared().readTree(text);
      assertThat(document.isArray()).as(called).isEqualTo(shape.array());
      assertThat(document).as(called).isNotEmpty();
      assertThat(wrong(shape, text)).as(called + "\n" + text).isEmpty();
    }
    seen.add(name);
  }

  /** Returns a schema that allows no key of which it does not speak. */
  private static Object closed(Object schema) {
    if (schema instanceof List<?> list) {
      return list.stream().map(JsonShapesTest::closed).toList();
    } else if (schema instanceof Map<?, ?> map) {
      var closed = new LinkedHashMap<Object, Object>();
      map.forEach((key, value) -> closed.put(key, closed(value)));
      if (map.get("properties") instanceof Map) {
        closed.put("additionalProperties", false);
      }
      return closed;
    }
    return schema;
  }
}
