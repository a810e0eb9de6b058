package conductor.web;

import java.time.Instant;
import java.util.List;

/**
 * A worktree of the list.
 *
 * @param states what is known of it, in words
 * @param present whether its directory is there
 */
record ListedWorktree(
    String id,
    String path,
    String branch,
    String repository,
    Instant created,
    List<String> states,
    boolean present,
    RunLink run) {

  String element() {
    return Part.id("w", id);
  }
}
