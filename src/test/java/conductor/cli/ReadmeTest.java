package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The console blocks of the README and of docs/ are what conductor prints: {@code cat FILE} makes a
 * file, {@code ~} is the home, {@code $RUN} in a command is the newest run. With {@code
 * -Dgolden.write=true} what is printed is written into the pages.
 */
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

  private String placed(String text) {
    return text.replace(temp.resolve("state").toString(), "STATE")
        .replace(temp.resolve("repo").toString(), "REPO")
        .replace(temp.resolve("home").toString(), "HOME")
        .replace(Project.home().toString(), "CONDUCTOR");
  }

  private String plain(String text) {
    return placed(text)
        .replaceAll("wf-[0-9a-f]{6}", "wf-")
        .replaceAll("repo-[0-9a-f]{8}", "repo-")
        .replaceAll("\\d+\\.\\ds *", "0s ")
        .replaceAll("[0-9a-f]{40}", "SHA")
        .replaceAll("\\d-\\d-[0-9a-f]{12}", "JOB")
        .replaceAll("(?m)(its output is in /).*$", "$1")
        .replaceAll("\\d+ KiB", "0 KiB")
        .replaceAll("(?m)^(ok|--) \\w.*\\n", "") // what a machine has
        .replaceAll("at [0-9a-f]{10}", "at ")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("(?m)(CreatePR  0s ).*$", "$1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/README.md",
        "docs/configuration.md",
        "docs/forges.md",
        "docs/operations.md",
        "docs/people.md",
        "docs/templates.md",
        "docs/testing.md",
        "docs/tutorial.md",
        "docs/worktrees.md"
      })
  void theTranscriptsAreWhatConductorPrints(String page) throws Exception {
    Project project = Project.withOrigin(temp);
    Files.delete(temp.resolve("home/.config/doeff-conductor/config.yaml"));
    Path file = Project.home().resolve(page);
    String text = Files.readString(file);
    var written = new StringBuilder();
    var blocks = BLOCK.matcher(text);
    int ran = 0;
    while (blocks.find()) {
      var block = new StringBuilder();
      for (Step step : steps(blocks.group(1))) {
        String printed = printed(project, step);
        block.append("$ ").append(step.command()).append('\n').append(placed(printed));
        if (!Boolean.getBoolean("golden.write")) {
          assertThat(plain(printed)).as(step.command()).isEqualTo(plain(step.shown()));
        }
        ran++;
      }
      blocks.appendReplacement(written, Matcher.quoteReplacement("```console\n" + block + "```"));
    }
    blocks.appendTail(written);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, written);
    }
    assertThat(ran).isGreaterThan(2);
  }

  private String printed(Project project, Step step) throws Exception {
    List<String> words = words(step.command(), project);
    if (words.getFirst().equals("cat")) {
      String text = step.shown().replace("REPO", project.repo.toString());
      String name = words.get(1);
      project.file(name.startsWith("~") ? "home" + name.substring(1) : "repo/" + name, text);
      return step.shown();
    }
    if (!words.getFirst().equals("conductor")) {
      String printed = project.sh(project.repo, step.command());
      return printed.isEmpty() ? "" : printed + "\n";
    }
    Project.Result result =
        project.conductor(words.subList(1, words.size()).toArray(String[]::new));
    return result.err() + result.out();
  }

  /** The words of a command line; quotes keep blanks together. */
  private static List<String> words(String command, Project project) {
    String newest =
        command.contains("$RUN")
            ? project.conductor("ps", "--json").json().get(0).path("id").asString()
            : "";
    return Pattern.compile("'([^']*)'|\\S+")
        .matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group() : word.group(1))
        .map(word -> word.replace("$RUN", newest))
        .toList();
  }
}
