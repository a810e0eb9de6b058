package conductor.state;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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

  /** Returns all files in a directory and below, sorted; none where there is no directory. */
  public static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
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
