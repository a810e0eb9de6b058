package conductor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What no compiler and no formatter checks in the sources. */
class SourceTest {

  private static final int LONGEST_FILE = 350;
  private static final int LONGEST_TEST = 400;
  private static final int LONGEST_METHOD = 40;

  /** {@code law 4}, {@code Laws 2, 3 and 5}. */
  private static final Pattern LAWS = Pattern.compile("[Ll]aws? \\d+(?:(?:, | and )\\d+)*");

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:(?:abstract|sealed|non-sealed|final) )*"
              + "(?:class|interface|record|enum|@interface) ",
          Pattern.MULTILINE);

  private static final Pattern LAST_IMPORT =
      Pattern.compile("\\A.*^(?:import|package) [^;]+;", Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void everyPublicTypeSaysWhatItIs() {
    List<Path> sources = sources("src/main/java");
    assertThat(sources).hasSizeGreaterThan(30);
    assertThat(sources).filteredOn(source -> isUndocumented(read(source))).isEmpty();
  }

  @Test
  void noSourceFileIsLong() {
    assertThat(sources("src"))
        .filteredOn(source -> {
          int most = source.startsWith("src/main") ? LONGEST_FILE : LONGEST_TEST;
          return read(source).lines().count() > most;
        })
        .isEmpty();
  }

  @Test
  void noMethodIsLong() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    var task =
        (JavacTask)
            compiler.getTask(
                null,
                files,
                null,
                List.of("-proc:none"),
                null,
                files.getJavaFileObjectsFromPaths(sources("src/main/java")));
    var positions = Trees.instance(task).getSourcePositions();
    var found = new ArrayList<String>();
    for (CompilationUnitTree unit : task.parse()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethod(MethodTree method, Void none) {
          long lines =
              unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method))
                  - unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method))
                  + 1;
          if (lines > LONGEST_METHOD) {
            found.add(unit.getSourceFile().getName() + " " + method.getName() + ": " + lines);
          }
          return super.visitMethod(method, null);
        }
      }.scan(unit, null);
    }
    assertThat(found).isEmpty();
  }

  /** One place knows with which settings and in which environment git is run. */
  @Test
  void onlyOneClassStartsGit() {
    Pattern starts =
        Pattern.compile("(?:List\\.of|run|must|add|ProcessBuilder|exec)\\(\\s*\"git\"");
    assertThat(sources("src/main/java"))
        .filteredOn(source -> starts.matcher(read(source)).find())
        .containsExactly(Path.of("src/main/java/conductor/handlers/git/Git.java"));
  }

  /** F20, N8: one place decides what of foreign text reaches a terminal. */
  @Test
  void commandsPrintOnlyThroughTheConsole() {
    Pattern prints =
        Pattern.compile(
            "System\\.(?:out|err)|get(?:Out|Err)\\(\\)|(?:\\bout|\\berr)(?:\\(\\))?\\s*\\."
                + "(?:print|write|append|format)|printStackTrace");
    assertThat(
            Stream.of("cli", "main")
                .map("src/main/java/conductor/"::concat)
                .flatMap(room -> sources(room).stream()))
        .filteredOn(source -> prints.matcher(read(source)).find())
        .extracting(source -> source.getFileName().toString())
        .as("Errors filters what it prints, Main prints before there is a console")
        .containsExactlyInAnyOrder("Console.java", "Errors.java", "Main.java");
  }

  @Test
  void everyLawIsCitedByATestThatHoldsIt() {
    String tests =
        sources("src/test/java/conductor").stream()
            .filter(source -> !source.endsWith("SourceTest.java"))
            .map(SourceTest::read)
            .collect(Collectors.joining("\n"));
    var cited = new TreeSet<Integer>();
    var laws = LAWS.matcher(tests);
    while (laws.find()) {
      Pattern.compile("\\d+")
          .matcher(laws.group())
          .results()
          .forEach(number -> cited.add(Integer.valueOf(number.group())));
    }
    assertThat(cited).containsAll(IntStream.rangeClosed(1, 12).boxed().toList());
  }

  private static boolean isUndocumented(String source) {
    var type = PUBLIC_TYPE.matcher(source);
    if (!type.find()) {
      return false;
    }
    String head = LAST_IMPORT.matcher(source.substring(0, type.start())).replaceFirst("");
    return !head.contains("/**");
  }

  private static List<Path> sources(String root) {
    try (var files = Files.walk(Path.of(root))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source, e);
    }
  }
}
