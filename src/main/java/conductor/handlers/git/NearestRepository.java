package conductor.handlers.git;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Finds the repository that a directory is in from its files, without running git, for lists of
 * many.
 */
public final class NearestRepository {

  private static final Path GIT = Path.of(".git");

  private NearestRepository() {}

  /**
   * Returns the main worktree of the repository that a directory is in; of a submodule or a
   * worktree of a bare repository its top; the directory itself when it is in none, or is gone.
   *
   * @param directory absolute
   */
  public static Path of(Path directory) {
    for (Path top = directory; top != null; top = top.getParent()) {
      var git = GitDirectories.readable(top);
      if (git.isPresent()) {
        Path common = git.get().common();
        boolean linked = !git.get().own().equals(common) && GIT.equals(common.getFileName());
        return linked ? Objects.requireNonNull(common.getParent()) : top;
      }
    }
    return directory;
  }
}
