package conductor.handlers.git;

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
      StaleLocks.clear(git.commonDirectory(), refs.keySet());
      git.textFed(updates.toString(), "update-ref", "--stdin");
    }
  }
}
