package conductor.script;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a workflow finds beside itself.
 *
 * @param roots directories in which classes that it imports are looked for, in this order
 * @param effects files that define effects; of two of one name the later one's counts
 */
public record Library(List<Path> roots, List<Path> effects) {

  public Library {
    roots = List.copyOf(roots);
    effects = List.copyOf(effects);
  }

  /** Returns the file at a relative path; empty when no root has it. */
  public Optional<Path> file(String relative) {
    return roots.stream()
        .map(root -> root.resolve(relative))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * Returns the Groovy files of a directory, by their names; none when there is no such directory.
   */
  public static List<Path> scriptsIn(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".groovy")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }

  /** Classes only. */
  public static Library of(List<Path> roots) {
    return new Library(roots, List.of());
  }
}
