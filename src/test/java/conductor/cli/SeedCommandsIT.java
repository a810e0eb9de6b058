package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The commands and files of the seed, line by line. */
@Execution(ExecutionMode.CONCURRENT)
class SeedCommandsIT extends SeedLines {

  // Quick start

  @Test
  @Order(1)
  @DisplayName("Quick Start: Basic PR Workflow")
  void quickStartBasic() throws Exception {
    String before = project.sh(project.repo, "git status --porcelain; git rev-parse HEAD");

    Path script = Project.home().resolve("examples/quick_start_basic.groovy");
    assertThat(project.packaged("run", script.toString(), "--issue", issue).ok().out())
        .isEqualTo("Add a greeting\n");

    assertThat(project.sh("git -C origin.git branch --list 'conductor/*' | wc -l")).isEqualTo("1");
    assertThat(project.sh(project.repo, "git status --porcelain; git rev-parse HEAD"))
        .isEqualTo(before);
  }

  @Test
  @Order(2)
  @DisplayName("Quick Start: Multi-Agent Workflow")
  void quickStartMultiAgent() throws Exception {
    Path script = Project.home().resolve("examples/quick_start_multi_agent.groovy");

    assertThat(project.packaged("run", script.toString(), "--issue", issue).ok().out())
        .contains("mine-2-0-1.txt", "mine-2-1-1.txt");
  }

  // Commands

  @Test
  @Order(10)
  @DisplayName("`conductor run <template|file> [--issue FILE] [--params JSON] [--watch]`")
  void run() throws Exception {
    assertThat(
            project
                .packaged("run", "basic_pr", "--issue", issue)
                .ok()
                .json()
                .path("number")
                .asInt())
        .isOne();
    String text = "@Param('n') int n\nreturn n + 1";
    assertThat(flow(text, "--params", "{\"n\": 41}", "--watch").ok().out()).isEqualTo("42\n");
    String deep = "int deep(int n) { n == 0 ? 0 : 1 + deep(n - 1) }\nreturn deep(5000)"; // F24
    assertThat(flow(deep).ok().out()).isEqualTo("5000\n");
    assertThat(flow(deep.replace("n == 0", "n > 5000")).err()).contains("calls nest too deep");
    project.file("params.json", "{\"n\": 1}");
    assertThat(flow(text, "--params", "@../params.json").ok().out()).isEqualTo("2\n");
  }

  @Test
  @Order(11)
  @DisplayName("`conductor ps [--status running|blocked|done]`")
  void ps() throws Exception {
    String run = aLiveRun();
    assertThat(project.packaged("ps", "--status", "running").ok().out()).startsWith(run);
    assertThat(project.packaged("ps", "--status", "done").ok().out()).isEmpty();
    go();
    project.packaged("wait", run).ok();
    assertThat(project.packaged("ps", "--status", "done").ok().out()).startsWith(run);
    flow("yield Ask(prompt: 'go on?')", "--no-wait");
    assertThat(project.packaged("ps", "--json").ok().json().get(0).path("status").asString())
        .isEqualTo("blocked");
  }

  @Test
  @Order(12)
  @DisplayName("`conductor show <workflow-id>`")
  void show() throws Exception {
    String run = aRun();
    JsonNode shown = project.packaged("show", run, "--json").ok().json();
    assertThat(shown.path("id").asString()).isEqualTo(run);
    assertThat(shown.path("template").asString()).isEqualTo("basic_pr");
    assertThat(project.packaged("show", run.substring(0, 7)).ok().out())
        .contains("CreateWorktree", "RunAgent", "CreatePR");
  }

  @Test
  @Order(13)
  @DisplayName("`conductor watch <workflow-id> [--agent NAME]`")
  void watch() throws Exception {
    String run = aLiveRun();
    go();
    assertThat(project.packaged("watch", run).ok().out()).contains("RunAgent");
    assertThat(project.packaged("watch", run, "--agent", "impl").ok().out())
        .contains("started", "over");
  }

  @Test
  @Order(14)
  @DisplayName("`conductor attach <workflow-id>[:<agent>]`")
  void attach() throws Exception {
    String run = aLiveRun();
    go();
    assertThat(project.packaged("attach", run + ":impl").ok().out()).contains("started", "over");
    assertThat(project.packaged("attach", run).ok().out()).contains("started", "over");
  }

  @Test
  @Order(15)
  @DisplayName("`conductor send <workflow-id>:<agent> <message>`")
  void send() throws Exception {
    String run = aLiveRun();
    project.packaged("send", run + ":impl", "and", "this").ok();
    go();
    project.packaged("wait", run).ok();
    assertThat(project.sh("cat state/workflows/*/agents/impl/turn-2/prompt")).isEqualTo("and this");
    assertThat(project.packaged("send", run + ":impl", "late").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  @Order(16)
  @DisplayName("`conductor stop <workflow-id> [--agent NAME]`")
  void stop() throws Exception {
    String run = aLiveRun();
    project.packaged("stop", run, "--agent", "impl").ok();
    assertThat(project.packaged("wait", run).code()).isOne();
    assertThat(
            project
                .packaged("show", run, "--json")
                .json()
                .path("agents")
                .get(0)
                .path("status")
                .asString())
        .isEqualTo("aborted");
    Project.Result other = project.packaged("run", "basic_pr", "--issue", issue, "--detach").ok();
    assertThat(project.packaged("stop", other.out().strip()).ok().out()).contains("aborted");
  }

  @Test
  @Order(17)
  @DisplayName("`conductor logs <workflow-id>[:<agent>] [-f] [-n LINES]`")
  void logs() throws Exception {
    String run = aLiveRun();
    assertThat(project.packaged("logs", run).ok().out()).contains("started").doesNotContain("over");
    go();
    assertThat(project.packaged("logs", run + ":impl", "-f").ok().out())
        .contains("started", "over");
    assertThat(project.packaged("logs", run + ":impl", "-n", "1").ok().out().lines()).hasSize(1);
  }

  @Test
  @Order(20)
  @DisplayName("`conductor issue create <title> [--body FILE|STRING] [--labels L1,L2]`")
  void issueCreate() throws Exception {
    assertThat(
            project
                .packaged("issue", "create", "One", "--body", "text", "--labels", "a,b")
                .ok()
                .out())
        .startsWith("ISSUE-001");
    JsonNode second =
        project.packaged("issue", "create", "Two", "--body", "../issue.md", "--json").ok().json();
    assertThat(second.path("id").asString()).isEqualTo("ISSUE-002");
    assertThat(second.path("body").asString()).contains("Please greet.");
  }

  @Test
  @Order(21)
  @DisplayName("`conductor issue list [--status open|resolved|all]`")
  void issueList() throws Exception {
    project.packaged("issue", "create", "One").ok();
    project.packaged("issue", "create", "Two").ok();
    project.packaged("issue", "resolve", "ISSUE-001").ok();
    assertThat(project.packaged("issue", "list").ok().out().lines()).hasSize(1);
    assertThat(project.packaged("issue", "list", "--status", "resolved").ok().out())
        .startsWith("ISSUE-001");
    assertThat(project.packaged("issue", "list", "--status", "all", "--json").ok().json().size())
        .isEqualTo(2);
  }

  @Test
  @Order(22)
  @DisplayName("`conductor issue show <id>`")
  void issueShow() throws Exception {
    project.packaged("issue", "create", "One", "--body", "the body").ok();
    assertThat(project.packaged("issue", "show", "ISSUE-001").ok().out())
        .contains("One", "the body");
    assertThat(project.packaged("issue", "show", "ISSUE-01").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  @Order(23)
  @DisplayName("`conductor issue resolve <id> [--pr URL]`")
  void issueResolve() throws Exception {
    project.packaged("issue", "create", "One").ok();
    JsonNode resolved =
        project
            .packaged("issue", "resolve", "ISSUE-001", "--pr", "http://x/1", "--json")
            .ok()
            .json();
    assertThat(resolved.path("status").asString()).isEqualTo("resolved");
    assertThat(resolved.path("pr_url").asString()).isEqualTo("http://x/1");
  }

  @Test
  @Order(30)
  @DisplayName("`conductor env list [--workflow ID]`")
  void envList() throws Exception {
    String run = aRun();
    assertThat(project.packaged("env", "list").ok().out().lines()).hasSize(1);
    JsonNode envs = project.packaged("env", "list", "--workflow", run, "--json").ok().json();
    assertThat(envs.get(0).path("run").asString()).isEqualTo(run);
    assertThat(Path.of(envs.get(0).path("path").asString())).isDirectory();
  }

  @Test
  @Order(31)
  @DisplayName("`conductor env cleanup [--dry-run] [--older-than DAYS]`")
  void envCleanup() throws Exception {
    flow("yield CreateWorktree(name: 'clean')").ok();
    flow("yield WriteFile(env: yield(CreateWorktree(name: 'dirty')), path: 'x', content: 'y')")
        .ok();
    assertThat(project.packaged("env", "cleanup", "--dry-run").ok().out())
        .contains("clean", "dirty");
    assertThat(project.packaged("env", "cleanup", "--older-than", "1").ok().out())
        .contains("younger");
    assertThat(project.packaged("env", "list").ok().out().lines()).hasSize(2);
    project.packaged("env", "cleanup").ok();
    assertThat(project.packaged("env", "list").ok().out().lines())
        .singleElement()
        .asString()
        .contains("dirty");
  }

  @Test
  @Order(40)
  @DisplayName("`conductor template list`")
  void templateList() throws Exception {
    assertThat(
            project.packaged("template", "list").ok().out().lines().map(line -> line.split(" ")[0]))
        .containsExactly("basic_pr", "ci_fix", "enforced_pr", "multi_agent", "reviewed_pr");
  }

  @Test
  @Order(41)
  @DisplayName("`conductor template show <name>`")
  void templateShow() throws Exception {
    assertThat(project.packaged("template", "show", "basic_pr").ok().out())
        .isEqualTo(Files.readString(Project.home().resolve("workflows/basic_pr.groovy")));
  }

  @Test
  @Order(42)
  @DisplayName("`conductor template new <name>`, `template run`")
  void templateNew() throws Exception {
    project.packaged("template", "new", "mine").ok();
    assertThat(
            project
                .packaged("template", "run", "mine", "--issue", issue)
                .ok()
                .json()
                .path("title")
                .asString())
        .isEqualTo("Add a greeting");
  }

  // State

  @Test
  @Order(80)
  @DisplayName(
      "State: `workflows/<id>/meta.json`, `trace.jsonl`, `agents/`, `issues/ISSUE-001.md`, `index.json`")
  void state() throws Exception {
    String run = aRun();
    project.packaged("issue", "create", "One").ok();
    Path directory = project.state.run(run).root();
    assertThat(project.sh("grep status " + directory.resolve("meta.json"))).contains("done");
    assertThat(directory.resolve("trace.jsonl")).isNotEmptyFile();
    assertThat(directory.resolve("agents")).isNotEmptyDirectory();
    assertThat(project.state.issues().resolve("ISSUE-001.md")).exists();
    assertThat(Files.readString(project.state.index())).contains(run);
  }

  @Test
  @Order(81)
  @DisplayName("State: `~/.local/state/doeff-conductor/`")
  void stateDirectory() throws Exception {
    project.environment.remove("CONDUCTOR_STATE_DIR");
    flow("return 1").ok();
    assertThat(temp.resolve("home/.local/state/doeff-conductor/workflows")).isNotEmptyDirectory();
  }
}
