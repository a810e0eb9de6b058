package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.Project;
import conductor.cli.demo.Scratch;
import conductor.handlers.git.Git;
import conductor.journal.Redactor;
import conductor.process.SelfCommand;
import conductor.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages that stay open, in a real browser, while processes execute the runs that they show. */
@Order(1)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OpenPageTest extends UiScene {

  /** Notes what a page says of a run each time that it changes; is gone when the page is loaded. */
  private static final String NOTES =
      """
      window.told = [];
      new MutationObserver(() => {
        const now = document.querySelector('#head .status').textContent
            + ' ' + document.querySelectorAll('#steps li').length;
        if (window.told.at(-1) !== now) window.told.push(now);
      }).observe(document.body, {subtree: true, childList: true, characterData: true});
      """;

  @TempDir private Path temp;

  private Process started(Path directory, Map<String, String> environment, String... words)
      throws IOException {
    var builder =
        new ProcessBuilder(SelfCommand.command(Project.home(), words))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(temp.resolve("said").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Process started(String... words) throws IOException {
    return started(project.repo, project.environment, words);
  }

  /** Waits for a run on the list of runs, and opens its page. */
  private static void follow(Browser browser, String workflow) {
    browser.awaitText("#runs", workflow);
    browser.go(browser.find("#runs th a").getAttribute("href"));
    browser.awaitText("#connection", "live");
    browser.driver.executeScript(NOTES);
  }

  private static List<String> told(Browser browser) {
    Object told = browser.driver.executeScript("return window.told");
    assertThat(told).as("the page was not loaded again").isNotNull();
    return ((List<?>) told).stream().map(String::valueOf).toList();
  }

  @Test
  void theDemoIsWatchedFromItsStartToItsPullRequest() throws Exception {
    try (Scratch scratch = Scratch.make(Project.home(), project.environment);
        Ui pages =
            Ui.serve(
                new StateDirectory(scratch.state()),
                0,
                _ -> new Commands.Done(false, "nobody acts here"),
                _ -> Redactor.none(),
                at -> Git.in(at, scratch.environment()));
        Browser list = Browser.open(false);
        Browser one = Browser.open(false)) {
      for (Browser browser : List.of(list, one)) {
        browser.go(pages.address(""));
        browser.awaitText("#connection", "live");
        browser.awaitText("#filter", "0 runs");
      }
      list.driver.executeScript("window.told = []");
      Process demo =
          started(
              scratch.repository(),
              scratch.environment(),
              "run",
              "multi_agent",
              "--issue",
              scratch.issue().toString(),
              "--param",
              "test_command=sh test.sh");
      try {
        follow(one, "multi_agent");
        for (String agent : List.of("impl", "tests", "fix-1")) {
          one.awaitText("#agents", agent);
        }
        one.awaitText("#head .status", "done");
        one.awaitText("#head .facts", "Pull request");
        one.awaitText("#steps", "CreatePR");
        String last = one.find("#steps li:last-child").getAttribute("id");
        assertThat(one.find("#times a[href='#" + last + "']").isDisplayed()).isTrue();
        list.awaitText("#runs .status", "done");
        list.awaitText("#runs td:last-child", "1");
        list.awaitText("#filter", "1 run");
        assertThat(demo.waitFor()).as(Files.readString(temp.resolve("said"))).isZero();
        assertThat(told(one)).hasSizeGreaterThan(3);
        assertThat(told(one)).first().asString().containsPattern("pending|running");
        assertThat(told(one)).last().asString().startsWith("done");
        assertThat(told(list)).isEmpty();
        assertThat(Stream.concat(list.complaints().stream(), one.complaints().stream())).isEmpty();
      } finally {
        demo.destroyForcibly().waitFor();
      }
    }
  }

  private Path waitingAgent() throws IOException {
    Path go = project.root.resolve("go");
    project.agent(
        "cat > /dev/null; echo x >> '%s/turns'; echo begun; while [ ! -e '%s' ]; do sleep 0.1; done; echo over"
            .formatted(project.root, go));
    return go;
  }

  @Test
  void aRunThatIsKilledAndResumedIsFollowedByOnePage() throws Exception {
    Path go = waitingAgent();
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree(name: 'w')
            def said = yield RunAgent(env: env, name: 'impl', prompt: 'Work')
            return "it was: $said"
            """);
    Process process = started("run", flow.toString());
    try (Browser browser = Browser.open(false)) {
      browser.go(ui.address(""));
      follow(browser, "flow");
      browser.awaitText("#agents", "begun");
      process.destroyForcibly().waitFor();
      browser.awaitText("#head .status", "interrupted");
      browser.awaitText("#head button", "Resume");

      process = started("resume", project.onlyRun());
      browser.awaitText("#head .status", "running");
      browser.awaitText("#head button", "Stop the run");
      process.destroyForcibly().waitFor();
      browser.awaitText("#head .status", "interrupted");
      assertThat(told(browser).stream().map(line -> line.split(" ")[0]))
          .containsSubsequence("interrupted", "running", "interrupted");

      browser.find("#head button").click(); // a process of its own goes on with it
      browser.awaitText("#head .status", "running");
      browser.driver.executeScript(NOTES);
      Files.createFile(go);
      browser.awaitText("#head .status", "done");
      browser.awaitText("#ended", "it was: begun\nover");
      assertThat(told(browser)).last().asString().startsWith("done");
      assertThat(browser.complaints()).isEmpty();
    } finally {
      process.destroyForcibly().waitFor();
      project.sh("touch go");
    }
    assertThat(project.root.resolve("turns")).hasContent("x");
  }

  @Test
  void anAgentIsSpokenToWhileItsRunWaits() throws Exception {
    project.agent("printf 'I heard: '; cat; echo");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree(name: 'w')
            yield RunAgent(env: env, name: 'impl', prompt: 'Begin with b')
            return yield Ask(prompt: 'Is it good?', options: ['yes', 'no'])
            """);
    Process process = started("run", flow.toString());
    try (Browser browser = Browser.open(false)) {
      browser.go(ui.address(""));
      follow(browser, "flow");
      browser.awaitText("#asks", "Is it good?");
      browser.find("#agents h3 a").click();
      browser.awaitText("#said", "I heard: Begin with b");
      browser.find("#speak textarea").sendKeys("And <b>now</b> with c");
      browser.find("#speak button").click();
      browser.awaitText("#said", "I heard: And <b>now</b> with c");
      browser.find("nav .tabs a").click();
      browser.awaitText("#asks", "Is it good?");
      browser.find("#asks button[value=yes]").click();
      browser.awaitText("#head .status", "done");
      browser.awaitText("#ended", "yes");
      assertThat(browser.complaints()).isEmpty();
      assertThat(process.waitFor()).as(Files.readString(temp.resolve("said"))).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
