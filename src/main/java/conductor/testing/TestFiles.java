package conductor.testing;

import conductor.error.Reason;
import conductor.error.UserError;
import conductor.scenario.Scenario;
import conductor.script.groovy.GroovyScenarios;
import conductor.state.TextFile;
import conductor.workflow.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds and reads test files: {@code *_test.groovy}. */
public final class TestFiles {

  /** Directories in which nobody writes workflows. */
  private static final Set<String> SKIPPED = Set.of("target", "build", "node_modules");

  private TestFiles() {}

  /** The error for a file or directory that holds no scenario. */
  public static final class NoScenarios extends UserError {
    private static final long serialVersionUID = 1;

    public NoScenarios(String message) {
      super(Kind.REQUEST, message);
    }
  }

  /** A test file with its scenarios. */
  public record TestFile(Path path, List<Scenario> scenarios) {}

  /**
   * Reads files, and those of directories and what is below them, in the order of their names.
   * Hidden directories are left out but for {@code .conductor}.
   *
   * @param directory what paths are relative to
   * @throws NoScenarios when one is not there, or a directory has none
   * @throws conductor.script.ScriptErrors when a file cannot be understood
   */
  public static List<TestFile> read(List<Path> given, Path directory) {
    var files = new TreeSet<Path>();
    for (Path one : given) {
      Path path = directory.resolve(one).normalize();
      if (Files.isDirectory(path)) {
        List<Path> found = below(path);
        if (found.isEmpty()) {
          throw new NoScenarios(
              "there is no *_test.groovy in %s; write one beside a workflow, see docs/testing.md"
                  .formatted(path));
        }
        files.addAll(found);
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw new NoScenarios("there is no file or directory " + path);
      }
    }
    return files.stream().map(file -> read(file, directory)).toList();
  }

  private static TestFile read(Path file, Path directory) {
    String shown =
        file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    return new TestFile(
        file,
        GroovyScenarios.read(
            shown, TextFile.read(file), directory.resolve(file).resolveSibling("")));
  }

  private static List<Path> below(Path top) {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          top,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes about) {
              String name = String.valueOf(directory.getFileName());
              boolean hidden = name.startsWith(".") && !name.equals(".conductor");
              return !directory.equals(top) && (hidden || SKIPPED.contains(name))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
              if (Templates.isTest(file)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(top, Reason.of(e)), e);
    }
    return found;
  }
}
