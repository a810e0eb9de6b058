package conductor.handlers.git;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The paths of a worktree that differed from its head when it was made, as line endings that
 * attributes would change do, or what its set-up made. As long as such a file is as it was then, it
 * is nobody's work.
 *
 * @param digests of the files' content by path, see {@link Fingerprint}
 */
public record Birth(Map<String, String> digests) {

  public static Birth read(Path file) {
    var digests = new TreeMap<String, String>();
    if (Files.exists(file)) {
      try {
        List<String> items = Git.split(Files.readString(file));
        for (int i = 0; i + 1 < items.size(); i += 2) {
          digests.put(items.get(i), items.get(i + 1));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
      }
    }
    return new Birth(digests);
  }

  /** Writes how paths of a worktree are now; writes nothing where there are none. */
  public static void write(Path file, Path worktree, List<String> paths) {
    if (paths.isEmpty()) {
      return;
    }
    var text = new StringBuilder();
    for (String path : paths) {
      text.append(path).append('\0').append(Fingerprint.of(worktree.resolve(path))).append('\0');
    }
    AtomicFile.write(file, text.toString());
  }

  public static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file + ": " + Reason.of(e), e);
    }
  }

  /** Returns whether a path is as it was at birth. */
  public boolean holds(Path worktree, String path) {
    String then = digests.get(path);
    return then != null && then.equals(Fingerprint.of(worktree.resolve(path)));
  }
}
