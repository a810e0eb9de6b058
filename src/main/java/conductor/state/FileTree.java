package conductor.state;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Lists and deletes directories. Does not touch what links in them point at. */
public final class FileTree {

  private FileTree() {}

  /** Returns what is in a directory, sorted by name; nothing where there is no directory. */
  public static List<Path> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }

  /** Returns the names of what is in a directory, in no order; nothing where there is none. */
  public static List<String> names(Path directory) {
    String[] names = directory.toFile().list(); // without an object for each
    return names != null
        ? List.of(names)
        : in(directory).stream().map(file -> file.getFileName().toString()).toList();
  }

  /**
   * Returns what is in a directory and below that is not a directory, in no order; nothing where
   * there is none. What others delete or rename meanwhile may be missing.
   *
   * @param depth how many directories a path may go down from there
   */
  public static List<Path> below(Path directory, int depth) {
    var found = new ArrayList<Path>();
    var visitor =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory()) { // as those are that the depth leaves out
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        };
    try {
      Files.walkFileTree(directory, Set.of(), depth, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
    return found;
  }

  /** Returns all files in a directory and below, sorted; none where there is no directory. */
  public static List<Path> files(Path directory) {
    return below(directory, Integer.MAX_VALUE).stream()
        .filter(Files::isRegularFile)
        .sorted()
        .toList();
  }

  /** Deletes a directory with all that is in it, if it exists. */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory + ": " + Reason.of(e), e);
    }
  }
}
