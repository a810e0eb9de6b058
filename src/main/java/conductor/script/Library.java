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
 * The files beside a workflow that it may use: classes to import, and files that define effects.
 *
 * @param roots directories in which imported classes are looked for, in this order
 * @param effects files that define effects; where two define one name, the later file counts
 * @param compiled keeps what was compiled; empty to compile each time
 */
public record Library(List<Path> roots, List<Path> effects, Optional<CompiledCache> compiled) {

  public Library {
    roots = List.copyOf(roots);
    effects = List.copyOf(effects);
  }

  /** Creates a library whose users are compiled each time. */
  public Library(List<Path> roots, List<Path> effects) {
    this(roots, effects, Optional.empty());
  }

  /** Returns the same library, whose users are compiled once. */
  public Library kept(Optional<CompiledCache> cache) {
    return new Library(roots, effects, cache);
  }

  /** Returns the file at a relative path, from the first root that has it; empty when none has. */
  public Optional<Path> file(String relative) {
    return roots.stream()
        .map(root -> root.resolve(relative))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * Returns the Groovy files of a directory, sorted; empty when there is no such directory.
   *
   * @throws UncheckedIOException when the directory cannot be listed
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

  /** Returns a library of classes only, without files that define effects. */
  public static Library of(List<Path> roots) {
    return new Library(roots, List.of());
  }
}
