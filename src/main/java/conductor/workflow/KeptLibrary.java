package conductor.workflow;

import conductor.script.Library;
import conductor.state.AtomicFile;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the classes that a session imports: first among those that its run keeps. A class found
 * elsewhere is copied there, so that the run keeps it (law 11).
 *
 * @param kept the run's own directory
 * @param roots the other directories, in search order
 * @param writing whether classes found elsewhere are copied
 */
public record KeptLibrary(Path kept, List<Path> roots, boolean writing)
    implements Function<String, Optional<Path>> {

  @Override
  public Optional<Path> apply(String file) {
    Path own = kept.resolve(file);
    if (Files.isRegularFile(own)) {
      return Optional.of(own);
    }
    Optional<Path> found = Library.of(roots).file(file);
    if (found.isEmpty() || !writing) {
      return found;
    }
    AtomicFile.write(own, TextFile.read(found.get()));
    return Optional.of(own);
  }
}
