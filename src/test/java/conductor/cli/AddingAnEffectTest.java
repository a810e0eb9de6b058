package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Effect;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.groovy.GroovyWords;
import conductor.script.java.JavaWords;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/contributing/adding-an-effect.md does to a copy of the sources works. */
class AddingAnEffectTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path WORDS = Path.of("conductor/script/java/JavaEffects.java");
  private static final Pattern CHANGED = Pattern.compile("(?m)^\\+\\+\\+ b/.*\\.java$");

  @TempDir private Path temp;

  private static List<String> blocks(String language) throws IOException {
    String page = Files.readString(Project.home().resolve("docs/contributing/adding-an-effect.md"));
    return Pattern.compile("(?s)```%s\\n(.*?)```".formatted(language))
        .matcher(page)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  @Test
  void theEffectOfThePageIsAWordOfBothLanguagesAndWorks() throws Exception {
    Project project = Project.withOrigin(temp);
    URI built = Effect.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path classes = copy(Path.of(built), temp.resolve("classes"));
    if (!Vocabulary.standard().hasWord("Touch")) { // it may be there by now, as the page says
      add(project, classes);
    }

    String printed = blocks("text").getFirst().strip();
    assertThat(run(project, classes, "touch.groovy", blocks("groovy").getFirst()))
        .isEqualTo(printed);
    assertThat(run(project, classes, "touch.jsh", blocks("java").getFirst())).isEqualTo(printed);
  }

  private void add(Project project, Path classes) throws Exception {
    List<String> patches = blocks("diff");
    Path copy = temp.resolve("copy");
    copy(Project.home().resolve(SOURCES), copy.resolve(SOURCES));
    for (String patch : patches) {
      project.sh(copy, "git apply '%s'".formatted(project.file("patch", patch)));
    }
    compile(classes, users(copy, patches));
    Path words = copy.resolve(SOURCES).resolve(WORDS);
    Files.writeString(words, (String) made(classes, JavaWords.class, "source"));
    compile(classes, List.of(words));
    Files.write(
        classes.resolve(GroovyWords.NAME.replace('.', '/') + ".class"),
        (byte[]) made(classes, GroovyWords.class, "code"));
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path there = to.resolve(from.relativize(file).toString());
        Files.createDirectories(there.getParent());
        Files.copy(file, there);
      }
    }
    return to;
  }

  /** The sources that name a class that the page changes. */
  private static List<Path> users(Path copy, List<String> patches) throws IOException {
    List<String> changed =
        patches.stream()
            .map(patch -> CHANGED.matcher(patch).results().findFirst().orElseThrow())
            .map(MatchResult::group)
            .map(line -> line.replaceAll(".*/|\\.java$", ""))
            .toList();
    Pattern names = Pattern.compile("\\b(?:%s)\\b".formatted(String.join("|", changed)));
    try (Stream<Path> files = Files.walk(copy)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> names.matcher(read(file)).find())
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path classes, List<Path> sources) {
    var words =
        new ArrayList<String>(
            List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp", path(classes)));
    sources.forEach(source -> words.add(source.toString()));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, words.toArray(String[]::new)))
        .isZero();
  }

  private static String path(Path classes) {
    return Stream.concat(
            Stream.of(classes),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of))
        .map(entry -> entry.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * As ReferenceTest and the build would make them, with the effect of the page among the others.
   */
  private static Object made(Path classes, Class<?> maker, String method) throws Exception {
    var urls = new ArrayList<URL>();
    for (String entry : path(classes).split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    try (var loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      return loader.loadClass(maker.getName()).getMethod(method).invoke(null);
    }
  }

  private static String run(Project project, Path classes, String name, String script)
      throws Exception {
    return project.sh(
        project.repo,
        "'%s/bin/java' -XX:TieredStopAtLevel=1 -Dconductor.home='%s' -cp '%s' conductor.main.Main run '%s' --quiet"
            .formatted(
                System.getProperty("java.home"),
                Project.home(),
                path(classes),
                project.file(name, script)));
  }
}
