package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages in a real browser. */
@Order(1)
class BrowserTest extends UiScene {

  private static final String FLOW =
      """
      def env = yield CreateWorktree(name: 'shown')
      yield WriteFile(env: env, path: 'a.txt', content: 'one\\ntwo\\n')
      yield Commit(env: env, message: 'Add a')
      yield Gather(
          one: { -> yield WriteFile(env: env, path: 'b.txt', content: 'b') },
          two: { ->
            def other = yield CreateWorktree(name: 'other')
            yield WriteFile(env: other, path: 'a.txt', content: 'two')
          })
      yield RunAgent(env: env, name: 'impl', prompt: 'Write b')
      def name = yield Ask(prompt: 'Which <b>name</b>?', options: ['old', 'new'])
      def why = yield Ask(prompt: 'Any remarks?')
      return "$name: $why"
      """;

  private String waiting() throws Exception {
    project.agent("echo hello from the agent");
    project.flow(FLOW, "--no-wait", "--name", "shown");
    return project.onlyRun();
  }

  @Test
  void anAnswerIsGivenOnThePageAndAnOpenPageFollows() throws Exception {
    String run = waiting();
    try (Browser answers = Browser.open(false);
        Browser looks = Browser.open(false)) {
      looks.go(ui.address("runs/" + run));
      looks.awaitText("#connection", "live");
      looks.awaitText("#asks", "Which <b>name</b>?");
      looks.find("#e-4 summary").click();
      answers.go(ui.address("gates"));
      answers.awaitText("#questions", "Which <b>name</b>?");
      answers.find("button[value=new]").click();
      answers.awaitText("#questions", "Nothing waits for you.");
      project.conductor("resume", "--no-wait", run);
      looks.awaitText("#asks", "Any remarks?");
      assertThat(looks.find("#e-4 details").getAttribute("open"))
          .as("what a person opened stays open")
          .isNotNull();
      looks.find("#asks textarea").sendKeys("none at all");
      looks.find("#asks button").click();
      project.conductor("resume", "--no-wait", run);
      looks.awaitText("#head", "done");
      looks.awaitText("#ended", "new: none at all");
      assertThat(looks.complaints()).isEmpty();
    }
  }

  @Test
  void aLineOfADifferenceIsRemarkedOn() throws Exception {
    String run = waiting();
    project.conductor("answer", run, "new").ok();
    project.conductor("resume", "--no-wait", run);
    try (Browser browser = Browser.open(false)) {
      browser.go(ui.address("runs/" + run + "/changes"));
      browser.awaitText(".diffs", "a.txt");
      browser.find(".unified tr.added:nth-child(3) td.n:nth-child(2)").click();
      browser.find("[data-remarks]").sendKeys("say three");
      browser.find("#review button").click();
      browser.awaitText("#head", "shown");
    }
    assertThat(project.conductor("resume", run).ok().out()).contains("new: a.txt:2: say three");
  }

  @Test
  void aConnectionThatIsLostIsSaid() throws Exception {
    String run = waiting();
    try (Browser browser = Browser.open(false)) {
      browser.go(ui.address("runs/" + run));
      browser.awaitText("#connection", "live");
      ui.close();
      browser.awaitText("#connection", "lost");
    }
  }

  @ParameterizedTest
  @CsvSource({"360, false", "1280, false", "2560, false", "1280, true"})
  void everyPageIsForEverybody(int width, boolean dark) throws Exception {
    String run = waiting();
    List<String> pages =
        List.of(
            "",
            "gates",
            "board",
            "issues",
            "pulls",
            "worktrees",
            "money",
            "runs/" + run,
            "runs/" + run + "/changes",
            "runs/" + run + "/effect?at=2",
            "runs/" + run + "/variants",
            "runs/" + run + "/script",
            "runs/" + run + "/journal",
            "runs/" + run + "/agents/impl");
    try (Browser browser = Browser.open(dark)) {
      browser.size(width, 900);
      browser.go(ui.address(""));
      for (String page : pages) {
        browser.go(at("/" + page).toString());
        browser.awaitText("#connection", "live");
        assertThat(browser.violations()).as("%s at %d, dark: %s", page, width, dark).isEmpty();
        assertThat(browser.widerThanItsWindow()).as("%s at %d", page, width).isFalse();
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
