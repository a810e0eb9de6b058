package conductor.script;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  /** The file at a relative path; empty when no root has it. */
  Optional<Path> file(String relative) {
    return roots.stream()
        .map(root -> root.resolve(relative))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Classes only. */
  public static Library of(List<Path> roots) {
    return new Library(roots, List.of());
  }
}
