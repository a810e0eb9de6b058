package conductor.handlers.git;

import java.util.Map;

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
    if (!git.feed(updates.toString(), "update-ref", "--stdin").ok()) {
      StaleLocks.clear(git.commonDirectory(), refs.keySet());
      git.textFed(updates.toString(), "update-ref", "--stdin");
    }
  }
}
