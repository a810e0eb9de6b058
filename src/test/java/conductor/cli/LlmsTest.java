package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.view.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/llms.txt} lists the book for programs that read: it is made from the tables of {@code
 * docs/README.md} and the first sentences of pages. {@code -Dgolden.write=true} writes it anew.
 */
class LlmsTest {

  private static final Path DOCS = Project.home().resolve("docs");
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## (?:\\d+\\. )?(.*?)$(.*?)(?=^## |\\z)");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| \\[[^]]+]\\(([^)]+)\\) \\| (.*) \\|$");

  private final TreeSet<String> listed = new TreeSet<>();

  @Test
  void theListIsMadeFromTheBook() throws Exception {
    var lines = new ArrayList<String>();
    lines.add("# conductor\n");
    lines.add(
        """
        > A scripting host for durable multi-agent software work: workflows in Groovy or Java have coding agents work in git
        > worktrees, run commands, ask people and open pull requests. Every reply is journaled, so that a run that was killed
        > goes on where it was.
        """);
    lines.add("Agents that have a shell may begin with [the skill](skill/SKILL.md).");
    Matcher section = SECTION.matcher(Files.readString(DOCS.resolve("README.md")));
    while (section.find()) {
      List<String> rows = rows(section.group(2));
      if (!rows.isEmpty()) {
        lines.add("\n## " + section.group(1) + "\n");
        lines.addAll(rows);
      }
    }
    lines.add("\n## In short\n");
    for (String name : Topic.names(Project.home())) {
      lines.add(line("topics/" + name + ".md"));
    }
    lines.add("\n## Reference and more\n");
    for (String page : pages()) {
      if (!listed.contains(page)) {
        lines.add(line(page));
      }
    }
    lines.add("\n## Optional\n");
    for (String page : decisions()) {
      lines.add(line(page));
    }
    ReferenceTest.assertGolden(DOCS.resolve("llms.txt"), String.join("\n", lines) + "\n");
    assertThat(listed).hasSizeGreaterThan(40);
    listed.forEach(page -> assertThat(DOCS.resolve(page)).exists());
  }

  private List<String> rows(String section) throws Exception {
    var rows = new ArrayList<String>();
    Matcher row = ROW.matcher(section);
    while (row.find()) {
      listed.add(row.group(1));
      rows.add("- [%s](%s): %s".formatted(title(row.group(1)), row.group(1), row.group(2)));
    }
    return rows;
  }

  private String line(String page) throws Exception {
    listed.add(page);
    return "- [%s](%s)".formatted(title(page), page);
  }

  private static String title(String page) throws Exception {
    return Files.readString(DOCS.resolve(page)).lines().findFirst().orElse("").replace("# ", "");
  }

  private static List<String> pages() throws Exception {
    return found(file -> !file.startsWith("adr/"), "README.md", "skill/SKILL.md");
  }

  private static List<String> decisions() throws Exception {
    return found(file -> file.startsWith("adr/"));
  }

  private static List<String> found(java.util.function.Predicate<String> wanted, String... but)
      throws Exception {
    try (Stream<Path> files = Files.walk(DOCS)) {
      return files
          .map(file -> DOCS.relativize(file).toString())
          .filter(file -> file.endsWith(".md") && wanted.test(file))
          .filter(file -> !List.of(but).contains(file))
          .sorted()
          .toList();
    }
  }
}
