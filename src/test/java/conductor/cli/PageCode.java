package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * The code that a page of docs/ shows: whole files of Java, and changes to files that are there.
 */
final class PageCode {

  private static final Pattern JAVA =
      Pattern.compile("(?s)```java\\n(package (\\S+);\\n.*?public final class (\\w+) .*?)```");
  private static final Pattern CHANGE = Pattern.compile("(?s)```diff\\n--- (\\S+)\\n(.*?)```");

  private final String text;

  PageCode(Path page) {
    this.text = read(page);
  }

  /** An instance of the class that the page shows, compiled as the sources are. */
  Object made(Path directory) throws Exception {
    MatchResult shown = JAVA.matcher(text).results().findFirst().orElseThrow();
    Path source =
        Files.createDirectories(directory.resolve("page")).resolve(shown.group(3) + ".java");
    Files.writeString(source, shown.group(1));
    var said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-Xlint:all,-classfile", "-Werror", "-d", directory.toString());
      boolean compiles =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiles).as("%s", said).isTrue();
    }
    return loader(directory)
        .loadClass(shown.group(2) + "." + shown.group(3))
        .getDeclaredConstructor()
        .newInstance();
  }

  private static ClassLoader loader(Path directory) throws MalformedURLException {
    return new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, PageCode.class.getClassLoader());
  }

  /** Fails where a change that the page shows has no place in its file. */
  int changesThatFit() {
    List<MatchResult> changes = CHANGE.matcher(text).results().toList();
    changes.forEach(change -> {
      String file = read(Project.home().resolve(change.group(1)));
      var there = new ArrayList<String>();
      change.group(2).lines().filter(line -> !line.startsWith("+")).forEach(there::add);
      assertThat(there)
          .isNotEmpty()
          .allSatisfy(line -> assertThat(file).contains(line.substring(1) + "\n"));
    });
    return changes.size();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
