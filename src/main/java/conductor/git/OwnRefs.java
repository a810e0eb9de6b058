package conductor.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/**
 * Refs under {@code refs/conductor/}, which nobody but conductor writes: each of them only the
 * process that holds its run. A lock that is found on one was left by a git that was killed.
 */
public final class OwnRefs {

  private OwnRefs() {}

  /**
   * Has refs point to commits, all of them or none.
   *
   * @param git in the repository, or in a worktree of it
   * @param refs full names with their commits
   */
  public static void write(Git git, Map<String, String> refs) throws InterruptedException {
    var updates = new StringBuilder();
    refs.forEach((ref, commit) -> updates.append("update %s %s\n".formatted(ref, commit)));
    if (!git.feed(updates.toString(), "update-ref", "--stdin").ok()) {
      unlock(git, refs.keySet());
      git.textFed(updates.toString(), "update-ref", "--stdin");
    }
  }

  private static void unlock(Git git, Collection<String> refs) throws InterruptedException {
    Path common = git.commonDirectory();
    try {
      for (String ref : refs) {
        Files.deleteIfExists(common.resolve(ref + ".lock"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a stale lock: " + e.getMessage(), e);
    }
  }
}
