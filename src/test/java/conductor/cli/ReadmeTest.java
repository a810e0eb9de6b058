package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's console blocks are what conductor prints: {@code cat FILE} makes a file. */
class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("(?s)```console\\n(.*?)```");

  @TempDir private Path temp;

  private record Step(String command, String shown) {}

  private static List<Step> steps(String block) {
    var steps = new ArrayList<Step>();
    for (String part : block.split("(?m)^\\$ ", -1)) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        steps.add(new Step(part.substring(0, end), part.substring(end + 1)));
      }
    }
    return steps;
  }

  private String plain(String text) {
    return text.replace(temp.resolve("state").toString(), "STATE")
        .replace(temp.resolve("repo").toString(), "REPO")
        .replaceAll("wf-[0-9a-f]{6}", "wf-")
        .replaceAll("repo-[0-9a-f]{8}", "repo-")
        .replaceAll("\\d+\\.\\ds", "0s")
        .replaceAll("at [0-9a-f]{10}", "at ")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("(?m)(CreatePR  0s  ).*$", "$1");
  }

  @Test
  void theTranscriptsAreWhatConductorPrints() throws Exception {
    Project project = Project.withOrigin(temp);
    Files.delete(temp.resolve("home/.config/doeff-conductor/config.yaml"));
    var ran = new ArrayList<String>();
    var blocks = BLOCK.matcher(Files.readString(Project.home().resolve("README.md")));
    while (blocks.find()) {
      for (Step step : steps(blocks.group(1))) {
        List<String> words = List.of(step.command().split(" ", -1));
        if (words.getFirst().equals("cat")) {
          String text = step.shown().replace("REPO", project.repo.toString());
          project.file("repo/" + words.get(1), text);
          continue;
        }
        assertThat(words.getFirst()).isEqualTo("conductor");
        Project.Result result =
            project.conductor(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(plain(result.err() + result.out()))
            .as(step.command())
            .isEqualTo(plain(step.shown()));
        ran.add(step.command());
      }
    }
    assertThat(ran).hasSizeGreaterThan(4);
  }
}
