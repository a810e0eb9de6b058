package conductor.git;

import conductor.effect.WorktreeEnv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a worktree holds, for those who look after worktrees.
 *
 * @param size of its files in bytes
 * @param ahead commits since it was made
 * @param unmerged those of them that nothing else has
 */
public record EnvironmentWork(long size, int uncommitted, int ahead, int unmerged) {

  /** Looks at a worktree; of one whose repository is gone only the size is known. */
  public static EnvironmentWork of(Git git, WorktreeEnv env) throws InterruptedException {
    if (!Files.isDirectory(env.repo())) {
      return new EnvironmentWork(size(env.path()), 0, 0, 0);
    }
    var work = new Work(git, env);
    return new EnvironmentWork(size(env.path()), work.uncommitted(), work.ahead(), work.unmerged());
  }

  /** The size of a directory; agents may work in it meanwhile. */
  private static long size(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
