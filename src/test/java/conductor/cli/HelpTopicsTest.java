package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.view.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conductor help TOPIC} prints the pages of {@code docs/topics}. */
class HelpTopicsTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
  private static final Pattern GROOVY = Pattern.compile("(?s)```groovy\\n(.*?)```");
  private static final int WIDTH = 80;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
  }

  static List<String> topics() {
    return Topic.names(Project.home());
  }

  @Test
  void aTopicIsPrintedAsPlainText() {
    assertThat(project.conductor("help", "permissions").ok().out())
        .startsWith("What agents may do\n\nReading, and editing within the worktree, is allowed;")
        .contains("'conductor gates' lists it as\n'AGENT:N'")
        .contains("\n    agents:\n      claude:\n")
        .endsWith("More: docs/agents.md.\n");
    assertThat(project.conductor("help", "gates").ok().out())
        .as("of a command and a topic of one name both")
        .startsWith(project.conductor("gates", "--help").ok().out())
        .contains("\n\nQuestions to people\n");
    assertThat(project.conductor("help", "resume").ok().out())
        .contains(
            "\n- '--ask' asks what becomes of failures instead of ending the run: retry,\n  ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void helpAboutHelpIsHelp(String word) {
    assertThat(project.conductor("help", word).ok().out())
        .isEqualTo(project.conductor("help").ok().out());
    assertThat(project.conductor("help", "ps", word).ok().out())
        .isEqualTo(project.conductor("help", "ps").ok().out());
  }

  @Test
  void theMainHelpNamesAllTopics() {
    String help = project.conductor("help").ok().out().replaceAll("\\s+", " ");

    assertThat(help).contains(String.join(", ", topics()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"permisions", "../README", "", "permissions.md", "/etc/passwd", "--json"})
  void whatIsNoTopicIsRefusedWithThoseThereAre(String name) {
    Project.Result refused = project.conductor("help", name);

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("no topic '" + name + "'", "topics are", "worktrees");
  }

  @Test
  void theNearestTopicIsNamed() {
    assertThat(project.conductor("help", "permisions").err())
        .contains("did you mean 'permissions'");
    assertThat(project.conductor("help", "list").err()).contains("'conductor ps' lists runs");
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aTopicFitsATerminalAndLeadsToPagesThatAreThere(String name) throws Exception {
    Topic topic = Topic.find(Project.home(), name).orElseThrow();
    Path file = Project.home().resolve("docs/topics/" + name + ".md");

    assertThat(topic.lines()).as("lines").hasSizeBetween(8, 45);
    topic.lines().forEach(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(WIDTH));
    assertThat(String.join("\n", topic.lines())).doesNotContain("`", "](");
    Matcher link = LINK.matcher(Files.readString(file));
    while (link.find()) {
      assertThat(file.resolveSibling(link.group(1))).exists();
    }
    Matcher groovy = GROOVY.matcher(Files.readString(file));
    while (groovy.find()) {
      Path script = project.file(name + ".groovy", groovy.group(1));
      project.conductor("check", script.toString()).ok();
    }
  }
}
