package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.Project;
import conductor.process.SelfCommand;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page with which {@code conductor ui} opens the browser. */
class OpenedByCommandTest {

  @TempDir private Path temp;

  @Test
  void theBrowsersArgumentsHaveNoTokenAndItGetsIn() throws Exception {
    Project project = Project.withOrigin(temp);
    project.flow("return 1", "--name", "shown").ok();
    Path opened = temp.resolve("opened");
    project.sh("mkfifo opened");
    Path program = project.file("program", "#!/bin/sh\necho \"$@\" > '%s'\n".formatted(opened));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    project.environment.put("BROWSER", program.toString());
    var builder =
        new ProcessBuilder(
                SelfCommand.command(Project.home(), "ui", "--port", "0", project.onlyRun()))
            .directory(project.repo.toFile());
    builder.environment().clear();
    builder.environment().putAll(project.environment);
    Process ui = builder.start();
    Path page;
    try (BufferedReader out = ui.inputReader();
        Browser browser = Browser.open(false)) {
      String token = out.readLine().replaceAll(".*token=", "");
      String argument = Files.readString(opened).strip(); // there once the program was started
      assertThat(argument).endsWith(".html").doesNotContain(token);
      page = Path.of(argument);
      assertThat(page).content().contains(token);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page.getParent())))
          .isEqualTo("rwx------");
      browser.go(page.toUri().toString());
      browser.awaitText("h1", "shown");
      browser.awaitText("#connection", "live");
      assertThat(browser.driver.getCurrentUrl()).endsWith("/runs/" + project.onlyRun());
    } finally {
      ui.destroy();
      ui.waitFor();
    }
    assertThat(page).as("it is gone with the server").doesNotExist();
  }
}
