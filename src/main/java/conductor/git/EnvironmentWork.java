package conductor.git;

import conductor.effect.WorktreeEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a worktree holds, for those who look after worktrees.
 *
 * @param size of its files in bytes
 */
public record EnvironmentWork(long size, int uncommitted, int unmerged) {

  /** Looks at a worktree; one that is gone or no worktree any more holds nothing. */
  public static EnvironmentWork of(Git git, WorktreeEnv env, boolean present)
      throws InterruptedException {
    if (!present || !git.is("rev-parse", "--verify", "--quiet", "HEAD^{commit}")) {
      return new EnvironmentWork(present ? size(env.path()) : 0, 0, 0);
    }
    var work = new Work(git, env);
    return new EnvironmentWork(size(env.path()), work.uncommitted(), work.unmerged());
  }

  private static long size(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Why a worktree must not be removed; null when it may be. */
  public static @Nullable String reasonToKeep(Git git, WorktreeEnv env)
      throws InterruptedException {
    if (!Files.exists(env.path())) {
      return null;
    }
    if (!Files.exists(env.path().resolve(".git"))
        || !git.is("rev-parse", "--verify", "--quiet", "HEAD^{commit}")) {
      return env.path() + " is no worktree any more";
    }
    Path gitDirectory = Path.of(git.must("rev-parse", "--absolute-git-dir"));
    if (Files.exists(gitDirectory.resolve("locked"))) {
      return "it is locked";
    }
    String branch = git.run("symbolic-ref", "--short", "--quiet", "HEAD").out().strip();
    if (!branch.equals(env.branch())) {
      return "another branch is checked out in it: " + (branch.isEmpty() ? "none" : branch);
    }
    Optional<String> losses = new Work(git, env).losses();
    return losses.orElse(null);
  }

  /** Removes a worktree and its branch. */
  public static void remove(
      Git git, Worktrees worktrees, RepositoryLocks locks, WorktreeEnv env, InstantSource clock)
      throws InterruptedException {
    new Branches(worktrees, locks, clock).remove(git, env);
  }
}
