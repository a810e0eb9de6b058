package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.ClaudeScript;
import conductor.cli.Project;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an agent asks, on its own page. */
@Timeout(120)
class AgentQuestionsTest extends UiScene {

  private static final String ASKS =
      """
      say '{"type":"control_request","request_id":"r-1","request":{"subtype":"can_use_tool","tool_name":"Bash","input":{"command":"rm <b>x</b>"}}}'
      read -r answer
      say '{"type":"assistant","uuid":"m-1","message":{"id":"m-1","role":"assistant","content":[{"type":"text","text":"gone"}]},"session_id":"s-1"}'
      say '{"type":"result","subtype":"success","is_error":false,"session_id":"s-1","result":"fine","modelUsage":{}}'
      """;

  @Test
  void aPermissionIsGivenOnThePageOfTheAgentThatAsks() throws Exception {
    project.conversing(ClaudeScript.onPrompt(ASKS), "permissions: ask");
    CompletableFuture<Project.Result> ran =
        CompletableFuture.supplyAsync(() -> {
          try {
            return project.flow(
                """
                def env = yield CreateWorktree()
                return yield RunAgent(env: env, prompt: 'work', name: 'helper')
                """);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    try (Stream<String> lines = events("/gates")) {
      await(lines.iterator(), "rm &lt;b&gt;x&lt;/b&gt;");
    }
    String page = "/runs/" + project.onlyRun() + "/agents/helper";
    String asked = get(page).body();
    assertThat(asked)
        .contains("asks at helper:1", "rm &lt;b&gt;x", "name=\"answer\" value=\"allow\"")
        .contains("name=\"back\" value=\"" + page + "\"");
    try (Stream<String> lines = events(page)) {
      Iterator<String> read = lines.iterator();
      await(read, "asks at helper:1");
      post(
          "/runs/" + project.onlyRun() + "/answer",
          writes(page),
          "position=helper%3A1",
          "answer=allow");
      await(read, "gone");
    }
    ran.get().ok();
    assertThat(get(page).body()).doesNotContain("asks at");
  }

  @Test
  void questionsOfOthersAreNotThere() throws Exception {
    project.agent("echo hello");
    project.flow(
        """
        def env = yield CreateWorktree()
        yield RunAgent(env: env, prompt: 'work', name: 'helper')
        yield Ask(prompt: 'Which?')
        """,
        "--no-wait");
    String run = project.onlyRun();
    assertThat(get("/runs/" + run).body()).contains("Which?");
    assertThat(get("/runs/" + run + "/agents/helper").body()).doesNotContain("Which?");
  }

  private static void await(Iterator<String> lines, String text) {
    String line = lines.next();
    while (!line.contains(text)) {
      line = lines.next();
    }
  }
}
