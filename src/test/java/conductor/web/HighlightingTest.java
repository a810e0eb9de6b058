package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Code in pages is coloured by a script, and reads without it. */
@Order(2)
class HighlightingTest extends UiScene {

  private static final String FLOW =
      """
      def env = yield CreateWorktree()
      yield WriteFile(env: env, path: 'A.java', content: 'class A { String b = "<b>"; }\\n')
      def more = yield Ask(prompt: 'More?')
      yield WriteFile(env: env, path: 'B.java', content: 'final class B {}\\n')
      yield Ask(prompt: 'Done?')
      """;

  /** The changes page shows no file that git does not know. */
  private void add() throws Exception {
    project.sh("cd '%s'/worktrees/*/*/ && git add -A".formatted(project.state.root()));
  }

  @Test
  void onlyPagesWithCodeLoadIt() throws Exception {
    project.flow(FLOW, "--no-wait");
    String run = project.onlyRun();
    assertThat(get("/runs/" + run + "/script").body()).contains("/assets/highlight.js");
    assertThat(get("/runs/" + run + "/effect?at=2").body()).contains("/assets/highlight.js");
    assertThat(get("/runs/" + run).body()).doesNotContain("/assets/highlight.js");
    assertThat(get("/assets/highlight.js").body()).contains("hljs");
    assertThat(get("/assets/highlight.js").headers().firstValue("Content-Type").orElseThrow())
        .contains("text/javascript");
  }

  @Test
  void codeIsColouredAlsoWhereThePageWentOn() throws Exception {
    project.flow(FLOW, "--no-wait");
    String run = project.onlyRun();
    try (Browser browser = Browser.open(false)) {
      browser.size(1280, 2000); // code is coloured once it is seen
      browser.go(ui.address("runs/" + run + "/script"));
      browser.awaitText(".source .hljs-keyword", "def");
      browser.go(ui.address("runs/" + run + "/changes"));
      browser.awaitText("#connection", "live");
      project.conductor("answer", run, "yes").ok();
      add();
      browser.awaitText(".diffs .unified .added .hljs-keyword", "class");
      assertThat(browser.find(".diffs .unified .added .c").getText())
          .isEqualTo("class A { String b = \"<b>\"; }");
      project.conductor("resume", "--no-wait", run);
      add();
      browser.awaitText(".diffs", "B.java");
      browser.awaitText(".diffs .file[data-path='B.java'] .hljs-keyword", "final");
      browser.awaitText(".diffs .file[data-path='A.java'] .hljs-keyword", "class");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
