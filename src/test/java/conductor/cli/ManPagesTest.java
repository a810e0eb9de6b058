package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.view.ManPages;
import conductor.cli.view.Topic;
import conductor.main.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The manual pages that the build makes. */
class ManPagesTest {

  private static final List<String> REQUESTS =
      List.of(".TH", ".nh", ".ad", ".SH", ".nf", ".fi", ".TP", ".IP", ".PP", ".RS", ".RE");

  @TempDir private Path temp;
  private CommandLine all;

  @BeforeEach
  void pages() throws Exception {
    all = new CommandLine(CommandLine.Model.CommandSpec.create().name("conductor"));
    all.getCommandSpec().usageMessage().description("Runs workflows.");
    Main.commands().forEach((name, command) -> all.addSubcommand(name, command.get()));
    ManPages.write(all, Project.home(), temp);
  }

  private String page(String name) throws Exception {
    return Files.readString(temp.resolve(name));
  }

  @Test
  void everyCommandAndTopicHasAPage() throws Exception {
    for (List<String> command : ReferenceTest.commands()) {
      String page = page("man1/conductor-" + String.join("-", command) + ".1");
      CommandLine line = all;
      for (String word : command) {
        line = line.getSubcommands().get(word);
      }
      line.getCommandSpec().options().stream()
          .flatMap(option -> Stream.of(option.names()))
          .forEach(name -> assertThat(page).contains(name.replace("-", "\\-")));
      assertThat(page).contains(".SH NAME", ".SH SYNOPSIS", ".SH EXAMPLES", ".SH EXIT STATUS");
    }
    assertThat(page("man1/conductor.1")).contains("\\fBconductor\\-run\\fR(1)\nRuns a template");
    assertThat(page("man1/conductor.1")).contains("conductor\\-resume(7)");
    assertThat(page("man1/conductor-resume.1")).endsWith("conductor(1), conductor\\-resume(7)\n");
    assertThat(page("man1/conductor-ps.1")).endsWith("SEE ALSO\nconductor(1)\n");
    assertThat(page("man7/conductor-permissions.7"))
        .contains("conductor\\-permissions \\- What agents may do", "\ndefault: ask\n".strip());
    try (Stream<Path> topics = Files.list(temp.resolve("man7"))) {
      assertThat(topics).hasSameSizeAs(Topic.names(Project.home()));
    }
    assertThat(temp.resolve("man1/conductor-play.1")).doesNotExist();
  }

  @Test
  void noTextIsTakenForARequest() throws Exception {
    try (Stream<Path> pages = Files.walk(temp)) {
      for (Path page : pages.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readAllLines(page))
            .as(page.toString())
            .allMatch(line ->
                !line.startsWith("'")
                    && (!line.startsWith(".") || REQUESTS.contains(line.split(" ", 2)[0])));
      }
    }
  }
}
