package conductor.handlers.git;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a worktree that differed from its head as soon as it was made and prepared, such as
 * files whose line endings attributes would change, or files that the set-up wrote. As long as such
 * a file has the content that it had then, it does not count as work and is not committed.
 *
 * @param digests the files' fingerprints by path, see {@link Fingerprint}
 */
public record InitialChanges(Map<String, String> digests) {

  /** Reads what {@link #write} wrote; returns no paths when the file is missing. */
  public static InitialChanges read(Path file) {
    var digests = new TreeMap<String, String>();
    if (Files.exists(file)) {
      List<String> items = Git.split(TextFile.read(file));
      for (int i = 0; i + 1 < items.size(); i += 2) {
        digests.put(items.get(i), items.get(i + 1));
      }
    }
    return new InitialChanges(digests);
  }

  /** Writes the present fingerprints of some paths of a worktree; no file where there are none. */
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

  /** Deletes the file, if it exists. */
  public static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file + ": " + Reason.of(e), e);
    }
  }

  /** Returns whether a path is recorded and still has the content that was recorded. */
  public boolean holds(Path worktree, String path) {
    String then = digests.get(path);
    return then != null && then.equals(Fingerprint.of(worktree.resolve(path)));
  }
}
