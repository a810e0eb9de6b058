package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.OutputType;

/**
 * The pictures of pages in {@code docs/pictures}: the list of runs, a run, its changes, and a
 * report. {@code -Dpictures.write=true} takes them anew; without it they are only taken, and
 * compared in size, as letters differ from machine to machine.
 */
class PagePicturesTest extends UiScene {

  private static final Path PICTURES = Path.of("docs/pictures");
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 717;

  @TempDir private Path profile;

  @Test
  void pagesAreAsTheyArePictured() throws Exception {
    project.agent(
        """
        case $CONDUCTOR_AGENT in
          tests)
            sleep 1; echo 'The gaps between words have a test now.'
            echo 'two  words' > cases.txt ;;
          *)
            echo 'Every gap becomes one dash.'
            sleep 2; echo 'tr -s " " "-"' > slug.sh ;;
        esac
        """);
    Path slugs =
        project.file(
            "slugs.groovy",
            """
            /** Two agents work on one issue side by side; what they made is merged and tested. */
            def impl = yield CreateWorktree(suffix: 'impl')
            def tests = yield CreateWorktree(suffix: 'tests')
            yield Gather(
                impl: RunAgent(env: impl, name: 'impl', prompt: 'Make slugs of gaps'),
                tests: RunAgent(env: tests, name: 'tests', prompt: 'Test gaps'))
            def both = yield MergeBranches([impl, tests])
            yield Exec('sleep 1; echo "2 tests passed"', env: both, check: true)
            yield Status('2 tests passed', done: 3, total: 3)
            return yield Ask(prompt: 'Merge into main?', options: ['yes', 'no'])
            """);
    project
        .conductor(
            "run",
            project.file("hello.groovy", "yield Status('greeting'); return 'Hello'").toString())
        .ok();
    project.conductor("run", slugs.toString(), "--no-wait", "--name", "gaps");
    String run = project.conductor("show", "gaps", "--json").json().get("id").asString();
    Path report = profile.resolve("report.html");
    project.conductor("report", run, "-o", report.toString()).ok();
    try (Browser browser = Browser.open(false, "--hide-scrollbars")) {
      browser.size(WIDTH, HEIGHT);
      browser.go(ui.address(""));
      browser.awaitText("#connection", "live");
      picture("ui-runs", browser);
      browser.go(ui.address("runs/" + run));
      browser.awaitText("#connection", "live");
      browser.awaitText("#asks", "Merge into main?");
      picture("ui-run", browser);
      browser.go(ui.address("runs/" + run + "/changes"));
      browser.awaitText("#connection", "live");
      browser.awaitText(".diffs", "slug.sh");
      picture("ui-changes", browser);
      browser.go(report.toUri().toString());
      browser.awaitText("h1", "slugs");
      picture("report", browser);
    }
  }

  private static void picture(String name, Browser browser) throws Exception {
    byte[] picture = browser.driver.getScreenshotAs(OutputType.BYTES);
    Path file = PICTURES.resolve(name + ".png");
    if (Boolean.getBoolean("pictures.write")) {
      Files.write(file, picture);
    }
    BufferedImage now = ImageIO.read(new ByteArrayInputStream(picture));
    BufferedImage kept = ImageIO.read(file.toFile());
    assertThat(kept.getWidth()).as(name).isEqualTo(now.getWidth());
    assertThat(kept.getHeight()).as(name).isEqualTo(now.getHeight());
  }
}
