package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the pages of docs/ show is what conductor does. */
class DocsTest {

  private static final Pattern GROOVY = Pattern.compile("(?s)```groovy\\n(.*?)```");
  private static final Pattern SHOWN =
      Pattern.compile("(?s)```groovy\\n(.*?)```\\n\\n```text\\n(.*?)```");

  /** A block of Groovy after the link to its file. */
  private static final Pattern FILE =
      Pattern.compile("(?s)(\\[(examples/[^\\]]+)]\\(\\.\\./[^)]+\\):\\n\\n```groovy\\n).*?```");

  private static final Pattern SECTION = Pattern.compile("(?ms)^### (.*?)$(.*?)(?=^###? |\\z)");
  private static final Pattern KEY_CELL = Pattern.compile("(?m)^\\| (`[^|]*) \\|");
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");
  private static final Pattern EXIT =
      Pattern.compile("(?m)^\\| (\\d) \\| [^|]* \\| `conductor ([^`]*)` \\|$");

  /** {@code `engine/Loop`} and {@code `LoopTest`}. */
  private static final Pattern CLASS =
      Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+|[A-Z]\\w+(?:Test|IT))`");

  @TempDir private Path temp;

  private static String page(String name) throws Exception {
    return Files.readString(Project.home().resolve("docs").resolve(name));
  }

  @Test
  void theScriptsOfTheLanguagePagePrintWhatIsShown() throws Exception {
    Project project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
    String page = page("scripts.md");
    Matcher shown = SHOWN.matcher(page);
    int ran = 0;
    while (shown.find()) {
      Project.Result result = project.flow(shown.group(1));
      String printed = result.code() == Exit.OK ? result.out() : error(result.err());
      assertThat(printed.strip()).as(shown.group(1)).isEqualTo(shown.group(2).strip());
      ran++;
    }
    assertThat(ran)
        .as("every block of Groovy has one that shows what it prints")
        .isEqualTo(GROOVY.matcher(page).results().count())
        .isGreaterThan(5);
  }

  /** Without progress and paths. */
  private String error(String text) {
    return text.lines()
        .filter(line -> !line.matches("run wf-.*|[→✓✗-] .*|wf-\\w+ failed;.*"))
        .map(line -> line.replace(temp + "/", ""))
        .map(line -> line.replaceAll("its output is in \\S+", "its output is in LOG"))
        .collect(Collectors.joining("\n"));
  }

  /** {@code -Dgolden.write=true} writes the files into the page. */
  @Test
  void thePageOfPatternsShowsTheFiles() throws Exception {
    Path home = Project.home();
    String page = page("patterns.md");
    var shown = new TreeSet<Path>();
    String written =
        FILE.matcher(page)
            .replaceAll(block -> {
              Path file = home.resolve(block.group(2));
              shown.add(file);
              return Matcher.quoteReplacement(block.group(1) + text(file) + "```");
            });
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(home.resolve("docs/patterns.md"), written);
      page = written;
    }
    assertThat(page).isEqualTo(written);
    try (Stream<Path> files = Files.list(home.resolve("examples/patterns"))) {
      assertThat(shown).containsExactlyElementsOf(files.sorted().toList());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** A page that names a class or a test by its file goes with it when that is renamed. */
  @Test
  void theClassesThatPagesNameAreThere() throws Exception {
    Path home = Project.home();
    Set<String> classes;
    try (Stream<Path> files = Files.walk(home.resolve("src"))) {
      classes =
          files
              .map(file -> home.relativize(file).toString())
              .filter(file -> file.endsWith(".java"))
              .map(file -> file.replaceFirst(".*/conductor/", "").replace(".java", ""))
              .collect(Collectors.toSet());
    }
    Set<String> names =
        classes.stream().map(name -> name.replaceFirst(".*/", "")).collect(Collectors.toSet());
    var gone = new TreeSet<String>();
    for (Path page : pages(home)) {
      Matcher named = CLASS.matcher(Files.readString(page));
      while (named.find()) {
        String name = named.group(1);
        boolean there = name.contains("/") ? classes.contains(name) : names.contains(name);
        if (!there) {
          gone.add(home.relativize(page) + ": " + name);
        }
      }
    }
    assertThat(gone).isEmpty();
  }

  private static List<Path> pages(Path home) throws IOException {
    try (Stream<Path> top = Files.list(home);
        Stream<Path> docs = Files.walk(home.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("CHANGELOG.md"))
          .toList();
    }
  }

  @Test
  void theKeysThatTheStatePageNamesArePrinted() throws Exception {
    Project project = Project.withOrigin(temp);
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree()
            yield RunAgent(env, 'go', name: 'impl')
            return yield CreatePR(env, 'T')
            """);
    project.conductor("issue", "create", "An issue").ok();
    project.conductor("run", flow.toString()).ok();
    String run = project.onlyRun();
    var tables = new LinkedHashMap<String, Set<String>>();
    Matcher section = SECTION.matcher(page("state.md"));
    while (section.find()) {
      tables.put(section.group(1), keys(section.group(2)));
    }
    assertThat(tables).hasSizeGreaterThan(5);
    for (Map.Entry<String, Set<String>> table : tables.entrySet()) {
      assertThat(table.getValue()).as(table.getKey()).isNotEmpty();
      assertThat(printed(project, table.getKey(), run))
          .as(table.getKey())
          .containsAll(table.getValue());
    }
  }

  private static Set<String> keys(String section) {
    var keys = new TreeSet<String>();
    Matcher cell = KEY_CELL.matcher(section);
    while (cell.find()) {
      NAME.matcher(cell.group(1)).results().forEach(name -> keys.add(name.group(1)));
    }
    return keys;
  }

  /** The keys of what a heading such as {@code `conductor show RUN --json`, each of `x`} prints. */
  private static Set<String> printed(Project project, String heading, String run) {
    String[] parts = heading.split(", each of ", 2);
    String command = parts[0].replace("`", "").replace("conductor ", "").replace("RUN", run);
    JsonNode json = project.conductor(command.split(" ")).ok().json();
    JsonNode object = json.isArray() ? json.get(0) : json;
    if (parts.length > 1) {
      object = object.path(parts[1].replace("`", "")).get(0);
    }
    return new TreeSet<>(object.propertyNames());
  }

  @Test
  void theExitCodesAreWhatTheCommandsEndWith() throws Exception {
    Project project = Project.withoutRepository(temp);
    Files.createDirectories(project.repo);
    String page = page("exit-codes.md");
    Matcher script = Pattern.compile("(?s)```groovy\\n// (\\S+)\\n(.*?)```").matcher(page);
    while (script.find()) {
      Files.writeString(project.repo.resolve(script.group(1)), script.group(2));
    }
    var codes = new ArrayList<String>();
    Matcher row = EXIT.matcher(page);
    while (row.find()) {
      List<String> words = List.of(row.group(2).split(" ", -1));
      Project.Result result = project.conductor(words.toArray(String[]::new));
      assertThat(result.code()).as(row.group(2) + "\n" + result.err()).hasToString(row.group(1));
      codes.add(row.group(1));
    }
    assertThat(codes).containsExactly("0", "1", "2", "3", "4");
  }
}
