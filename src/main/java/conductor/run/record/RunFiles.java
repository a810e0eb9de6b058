package conductor.run.record;

import conductor.journal.RedactedCopy;
import conductor.journal.Redactor;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The files of a run as others may have them: all but those of its lock, with known secrets
 * replaced in each. A run may go on meanwhile.
 */
public final class RunFiles {

  private final RunDirectory run;
  private final RedactedCopy copy;

  public RunFiles(RunDirectory run, Redactor secrets) {
    this.run = run;
    this.copy = new RedactedCopy(secrets);
  }

  /**
   * Returns the regular files, sorted; links are not followed, and what is just being written is no
   * file yet.
   */
  public List<Path> all() throws IOException {
    return found(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
  }

  /** Returns what is neither a regular file nor a directory, sorted. */
  public List<Path> others() throws IOException {
    return found(file ->
        Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
  }

  private List<Path> found(Predicate<Path> which) throws IOException {
    try {
      return FileTree.below(run.root(), Integer.MAX_VALUE).stream()
          .filter(which)
          .filter(file -> !file.equals(run.lock()) && !file.equals(run.owner()))
          .filter(file -> !AtomicFile.isBeingWritten(file))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Copies what is in a file; of the journal the whole lines.
   *
   * @return the names of the secrets that were in it
   */
  public Set<String> copy(Path file, InputStream from, OutputStream to) throws IOException {
    return file.equals(run.trace()) ? copy.journal(from, to) : copy.copy(from, to);
  }
}
