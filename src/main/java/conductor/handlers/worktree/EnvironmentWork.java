package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A summary of what a worktree contains, for commands that list worktrees.
 *
 * @param size the size of its files in bytes
 * @param uncommitted how many paths are not committed
 * @param ahead how many commits were made since it was made
 * @param unmerged how many of them no other branch has
 * @param remarks unusual facts about it, in words
 */
public record EnvironmentWork(
    long size, int uncommitted, int ahead, int unmerged, List<String> remarks) {

  /** Summarises a worktree; for one that git cannot read, gives only its size and the reason. */
  public static EnvironmentWork of(Git git, WorktreeInspector inspector, WorktreeEnv env)
      throws InterruptedException {
    long size = size(env.path());
    if (!Files.isDirectory(env.repo())) {
      return new EnvironmentWork(
          size, 0, 0, 0, List.of("its repository " + env.repo() + " is gone or was moved"));
    }
    try {
      var work = new Work(git, inspector, env);
      Optional<String> lost = inspector.lost(env);
      if (lost.isPresent()) {
        return new EnvironmentWork(size, 0, work.ahead(), work.unmerged(), List.of(lost.get()));
      }
      WorktreeState state = inspector.look(env);
      return new EnvironmentWork(
          size, state.uncommitted(), work.ahead(), work.unmerged(), state.remarks());
    } catch (GitFailure e) {
      return new EnvironmentWork(size, 0, 0, 0, List.of("git cannot read it: " + e.getMessage()));
    }
  }

  /** Returns the size of a directory's files in bytes; 0 when it changes while it is read. */
  private static long size(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
