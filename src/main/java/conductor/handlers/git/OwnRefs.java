package conductor.handlers.git;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes refs under {@code refs/conductor/}. Only conductor writes these, and each is written only
 * by the process that holds its run, so a lock file on one was left by a git that was killed.
 */
public final class OwnRefs {

  /** The prefix of the refs to pushed commits, by worktree, remote and branch. */
  public static final String PUSHED = "refs/conductor/pushed/";

  private OwnRefs() {}

  /** Sets refs, all or none. Removes stale locks and tries again when git fails. */
  public static void write(Git git, Map<String, String> refs) throws InterruptedException {
    var updates = new StringBuilder();
    refs.forEach((ref, commit) -> updates.append("update %s %s\n".formatted(ref, commit)));
    update(git, updates.toString(), refs.keySet());
  }

  /**
   * Deletes the refs whose names begin with a prefix, all or none, as {@link #write} sets them.
   *
   * @param prefix ends with a slash
   */
  public static void drop(Git git, String prefix) throws InterruptedException {
    List<String> refs = git.lines("for-each-ref", "--format=%(refname)", prefix);
    if (!refs.isEmpty()) {
      update(git, "delete " + String.join("\ndelete ", refs) + "\n", Set.copyOf(refs));
    }
  }

  private static void update(Git git, String updates, Set<String> refs)
      throws InterruptedException {
    if (!git.feed(updates, "update-ref", "--stdin").ok()) {
      StaleLocks.clear(git.commonDirectory(), refs);
      git.textFed(updates, "update-ref", "--stdin");
    }
  }
}
