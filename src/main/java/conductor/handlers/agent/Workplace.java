package conductor.handlers.agent;

import conductor.engine.handler.WorktreePath;
import conductor.handlers.agent.protocol.Permission;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an agent works: it starts in a directory of a worktree, and its permissions are for all of
 * the worktree.
 *
 * @param dir the directory, relative to the worktree; null for its top
 * @param checkout whether the worktree is the user's own checkout
 */
record Workplace(Path worktree, @Nullable String dir, boolean checkout) {

  /**
   * Returns the directory that the agent's relative paths start from, whether it exists or not.
   * Links in it are followed, for programs see where they are and not how they came there.
   */
  Path start() {
    if (dir == null) {
      return worktree;
    }
    Path given = worktree.resolve(dir).normalize();
    try {
      Path top = worktree.toRealPath();
      Path real = given.toRealPath();
      return real.startsWith(top) ? worktree.resolve(top.relativize(real)).normalize() : given;
    } catch (IOException e) {
      return given; // it is not there
    }
  }

  /**
   * Returns the directory to start a program in.
   *
   * @throws conductor.effect.FileFailure when it is gone, or leads out of the worktree
   */
  Path existing() {
    return WorktreePath.directory(worktree, dir);
  }

  /** Returns a request with paths that start from the worktree, as those of rules do. */
  Permission named(Permission asked) {
    return dir == null
        ? asked
        : new Permission(
            asked.request(),
            asked.tool(),
            asked.kind(),
            asked.what(),
            asked.paths().stream().map(this::named).toList());
  }

  /** Returns a path of the agent as seen from the worktree; absolute where it leads out of it. */
  String named(String path) {
    Path file = start().resolve(path).normalize();
    return file.startsWith(worktree) ? worktree.relativize(file).toString() : file.toString();
  }
}
