package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every workflow in the pages about writing workflows runs. */
class GuideTest {

  private static final List<String> PAGES =
      List.of("README.md", "own-effects.md", "stdlib.md", "jshell.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(groovy|java)\\n(.*?)```");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

  private static final String AGENT =
      """
      if [ -n "$CONDUCTOR_SCHEMA_FILE" ]; then
        echo '{"approved": true, "objections": []}'
      else
        echo "heard: $(cat)"
      fi
      """;

  @TempDir private Path temp;

  static Stream<Arguments> blocks() {
    return PAGES.stream().flatMap(GuideTest::blocks);
  }

  private static Stream<Arguments> blocks(String page) {
    String text = read(Project.home().resolve("docs").resolve(page));
    return BLOCK
        .matcher(text)
        .results()
        .map(block -> Arguments.of(page, block.group(1), block.group(2)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("cannot read " + file, e);
    }
  }

  @Test
  void theBookLeadsToPagesThatAreThere() {
    Path docs = Project.home().resolve("docs");
    var links = LINK.matcher(read(docs.resolve("README.md"))).results().toList();

    assertThat(links)
        .hasSizeGreaterThan(15)
        .allSatisfy(link -> assertThat(docs.resolve(link.group(1))).exists());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void aBlockOfTheGuideRuns(String page, String language, String text) throws Exception {
    Project project = Project.withOrigin(temp).agent(AGENT);
    Path issue = project.file("issue.md", "# Add a greeting\n\nPlease add it.\n");
    Path flow = project.file("flow." + (language.equals("java") ? "jsh" : "groovy"), text);

    assertThat(project.conductor("check", flow.toString()).out()).as(page).isEmpty();
    project.conductor("run", flow.toString(), "--issue", issue.toString()).ok();
  }
}
