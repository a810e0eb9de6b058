package conductor.web;

import java.time.Instant;
import java.util.List;

/**
 * A worktree of the list.
 *
 * @param states what is known of it, in words
 * @param work what is not committed in it, and its size, in words; empty for one that is gone
 * @param present whether its directory is there
 */
record ListedWorktree(
    String id,
    String path,
    String branch,
    String repository,
    Instant created,
    List<String> states,
    List<String> work,
    boolean present,
    RunLink run) {

  String element() {
    return Part.id("w", id);
  }
}
