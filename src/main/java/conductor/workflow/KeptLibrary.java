package conductor.workflow;

import conductor.state.AtomicFile;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a session finds the classes that it imports: first among those that its run keeps. One that
 * is found elsewhere is kept from then on (law 11).
 *
 * @param kept the run's own
 * @param roots where else, in this order
 * @param writing whether what is found elsewhere is kept
 */
public record KeptLibrary(Path kept, List<Path> roots, boolean writing)
    implements Function<String, Optional<Path>> {

  @Override
  public Optional<Path> apply(String file) {
    Path own = kept.resolve(file);
    if (Files.isRegularFile(own)) {
      return Optional.of(own);
    }
    Optional<Path> found =
        roots.stream().map(root -> root.resolve(file)).filter(Files::isRegularFile).findFirst();
    if (found.isEmpty() || !writing) {
      return found;
    }
    AtomicFile.write(own, TextFile.read(found.get()));
    return Optional.of(own);
  }
}
