package conductor.run.record;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names that people gave to runs, a file for each, which says what run was given it last. Who
 * writes holds the lock of {@link #lock}.
 */
public final class RunNames {

  private static final int FORMAT = 1;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,39}");
  private static final Pattern LIKE_ID = Pattern.compile("(?i)wf-.*|[0-9a-f]{6,}");
  private static final String SUFFIX = ".json";

  private final StateDirectory state;

  RunNames(StateDirectory state) {
    this.state = state;
  }

  private record Named(int v, String run) {}

  /**
   * Returns a name that a run can be given.
   *
   * @throws BadRunName when it is empty, too long, holds other characters, or looks like an id
   */
  public static String check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new BadRunName(
          "a run's name is a letter and up to 39 letters, digits, '.', '_' and '-', found '%s'"
              .formatted(name));
    }
    if (LIKE_ID.matcher(name).matches()) {
      throw new BadRunName(
          "a run's name must not look like the id of one, found '%s'".formatted(name));
    }
    return name;
  }

  /** Returns the file whose lock is held while a name is given or let go of. */
  public Path lock() {
    return state.locks().resolve("names");
  }

  private Path file(String name) {
    return state.names().resolve(name + SUFFIX);
  }

  /** Returns the id of the run that was given a name last; empty when none was. */
  Optional<String> run(String name) {
    try {
      return NAME.matcher(name).matches()
          ? StateJson.find(file(name), Named.class, FORMAT).map(Named::run)
          : Optional.empty();
    } catch (UnreadableState e) {
      return Optional.empty(); // the run is found by its id
    }
  }

  /** Returns the name that means a run; empty when it has none, or another run has it by now. */
  public Optional<String> of(String run) {
    return FileTree.names(state.names()).stream()
        .filter(file -> file.endsWith(SUFFIX))
        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
        .filter(name -> run(name).filter(run::equals).isPresent())
        .findFirst();
  }

  /** Has a name mean a run from now on. */
  public void give(String name, String run) {
    AtomicFile.write(file(name), StateJson.pretty(new Named(FORMAT, run)));
  }

  /** Has the name that means a run, if there is one, mean nothing any more. */
  public void drop(String run) {
    of(run)
        .ifPresent(name -> {
          try {
            Files.deleteIfExists(file(name));
          } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file(name) + ": " + Reason.of(e), e);
          }
        });
  }
}
