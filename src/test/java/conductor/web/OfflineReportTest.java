package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** A report, opened as a file in a real browser that has no network. */
@Order(1)
class OfflineReportTest {

  @TempDir private Path temp;
  private String address = "";

  @BeforeEach
  void report() throws Exception {
    Project project = Project.withOrigin(temp);
    project.agent(
        """
        cat > /dev/null
        echo '<img src="http://192.0.2.1/a.png"> https://example.com/b'
        printf 'class A {\\n  int a = 1;\\n}\\n' > A.java
        git rm -q README.md
        """);
    project.flow(
        """
        def env = yield CreateWorktree(name: 'w')
        yield Gather(
            left: RunAgent(env: env, name: 'impl', prompt: 'Write A'),
            right: Exec('echo right'))
        yield Commit(env: env, message: 'Add A')
        yield Ask(prompt: 'Which name?', options: ['old', 'new'])
        """,
        "--no-wait");
    Path file = temp.resolve("report.html");
    project.conductor("report", project.onlyRun(), "-o", file.toString()).ok();
    address = file.toUri().toString();
  }

  @Test
  void whatCanBeOpenedOpensAndNothingIsAskedFor() {
    try (Browser browser = Browser.offline(false)) {
      browser.size(1280, 900);
      browser.go(address);
      browser.awaitText("h1", "flow");
      browser.awaitText(".script .hljs-string", "'Write A'");
      browser.scrollTo(".diffs .file"); // what nobody sees is not coloured
      browser.awaitText(".unified .added .hljs-keyword", "class");

      WebElement side = browser.find(".diffs .split");
      assertThat(side.isDisplayed()).isFalse();
      browser.find(".views .side").click();
      assertThat(side.isDisplayed()).isTrue();
      assertThat(browser.find(".diffs .unified").isDisplayed()).isFalse();

      browser.find(".timeline a[href='#e-1']").click();
      assertThat(browser.driver.getCurrentUrl()).isEqualTo(address + "#e-1");
      WebElement effect = browser.find("#e-1 details");
      effect.findElement(By.tagName("summary")).click();
      assertThat(effect.findElement(By.cssSelector(".calls")).isDisplayed()).isTrue();
      browser.driver.findElements(By.tagName("summary")).stream()
          .filter(summary -> summary.getText().equals("What impl said"))
          .forEach(WebElement::click);
      browser.awaitText("section[aria-labelledby=agents] pre", "http://192.0.2.1/a.png");

      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).containsExactly(address);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itIsForEverybody(boolean dark) {
    try (Browser browser = Browser.offline(dark)) {
      browser.go(address);
      browser.awaitText(".script .hljs-string", "'Write A'");
      browser.driver.executeScript(
          "document.querySelectorAll('details').forEach(details => details.open = true)");
      browser.scrollTo(".diffs .file");
      browser.awaitText(".unified .added .hljs-keyword", "class");
      for (int width : List.of(360, 1280, 2560)) {
        browser.size(width, 900);
        assertThat(browser.violations()).as("at %d, dark: %s", width, dark).isEmpty();
        assertThat(browser.widerThanItsWindow()).as("at %d", width).isFalse();
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
