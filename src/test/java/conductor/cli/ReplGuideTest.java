package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcript of docs/repl.md is what a session says, and its script is what is saved. */
class ReplGuideTest {

  private static final Pattern TYPED = Pattern.compile("(?m)^(conductor>|         \\|) ?(.*)\\n");

  @TempDir private Path temp;

  private static String block(String page, String language) {
    Matcher block = Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(page);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private static String plain(String text) {
    return text.replaceAll("\\d+\\.\\ds", "0s")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("(?m)(its output is in ).*$", "$1 …");
  }

  @Test
  void theTranscriptIsWhatASessionSays() throws Exception {
    Project project = Project.withOrigin(temp);
    said(project, "repl", "repl");

    assertThat(project.repo.resolve("count.groovy")).hasContent(block(page(), "groovy"));
    assertThat(project.conductor("run", "count.groovy").ok().out()).isEqualTo("4\n");
  }

  @Test
  void theTranscriptInJavaToo() throws Exception {
    Project project = Project.withOrigin(temp);
    said(project, "repl-java", "repl", "--lang", "java");

    assertThat(project.conductor("run", "count.jsh").ok().out()).isEqualTo("4\n");
  }

  private static String page() throws Exception {
    return Files.readString(Project.home().resolve("docs/repl.md"));
  }

  private static void said(Project project, String language, String... arguments) throws Exception {
    String transcript = block(page(), language);
    var typed = new StringBuilder();
    TYPED.matcher(transcript).results().forEach(line -> typed.append(line.group(2)).append('\n'));

    String said = project.said(typed.toString(), arguments);

    assertThat(plain(said.substring(said.indexOf('\n') + 1)))
        .isEqualTo(plain(TYPED.matcher(transcript).replaceAll("")));
  }
}
