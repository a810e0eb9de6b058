package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
import conductor.state.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Removes lock files that a killed git left for a worktree of conductor's. A lock is stale when no
 * git process works in the worktree any more. Locks of the repository itself, except those on the
 * worktree's branch, are the user's and stay.
 */
public final class StaleLocks {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private StaleLocks() {}

  /**
   * Removes the locks of a worktree, after waiting up to a minute for each git process that still
   * works in it.
   *
   * @param gitDirectory the worktree's own git directory
   * @throws GitFailure.WorktreeNotReady when such a process does not end
   */
  public static void clear(WorktreeEnv env, Path gitDirectory) throws InterruptedException {
    List<Path> locks = locks(env, gitDirectory).filter(Files::exists).toList();
    if (!locks.isEmpty()) {
      for (ProcessHandle git : gits(env.path(), gitDirectory)) {
        await(git, env, locks.getFirst());
      }
      delete(locks.stream());
    }
  }

  private static Stream<Path> locks(WorktreeEnv env, Path gitDirectory) {
    Path common = gitDirectory.resolve("../..").normalize();
    Stream<Path> ofBranch =
        Stream.concat(
                Stream.of(common.resolve("refs/heads")),
                FileTree.in(common.resolve("refs/remotes")).stream())
            .map(directory -> directory.resolve(env.branch() + ".lock"));
    return Stream.concat(locksIn(gitDirectory), ofBranch);
  }

  /** Returns all lock files in a worktree's own git directory, as those of its index and HEAD. */
  private static Stream<Path> locksIn(Path gitDirectory) {
    return Stream.of(gitDirectory, gitDirectory.resolve("info"))
        .flatMap(directory -> FileTree.in(directory).stream())
        .filter(file -> file.toString().endsWith(".lock"));
  }

  /** Kills the gits in a worktree, which a process that is gone left, and removes their locks. */
  public static void endGits(WorktreeEnv env, Path gitDirectory) throws InterruptedException {
    for (ProcessHandle git : gits(env.path(), gitDirectory)) {
      git.destroyForcibly();
      await(git, env, gitDirectory);
    }
    delete(locksIn(gitDirectory));
  }

  /** Removes the locks on refs that only the caller writes. */
  public static void clear(Path commonDirectory, Collection<String> refs) {
    delete(refs.stream().map(ref -> commonDirectory.resolve(ref + ".lock")));
  }

  private static void delete(Stream<Path> locks) {
    try {
      for (Path lock : locks.toList()) {
        Files.deleteIfExists(lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a stale lock: " + Reason.of(e), e);
    }
  }

  private static void await(ProcessHandle git, WorktreeEnv env, Path lock)
      throws InterruptedException {
    try {
      git.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new GitFailure.WorktreeNotReady(
          env.id(),
          List.of(
              "git still works in it (process %d, %s)"
                  .formatted(git.pid(), git.info().commandLine().orElse("git"))),
          "wait for it or end it; it holds " + lock);
    }
  }

  /** Returns the git processes whose current directory is in the worktree or its git directory. */
  private static List<ProcessHandle> gits(Path worktree, Path gitDirectory) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      // what a process is called is asked last: it takes several files
      return all.filter(process ->
              directory(process)
                  .filter(place -> place.startsWith(worktree) || place.startsWith(gitDirectory))
                  .isPresent())
          .filter(StaleLocks::isGit)
          .toList();
    }
  }

  private static boolean isGit(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString())
        .filter(name -> name.equals("git") || name.startsWith("git-"))
        .isPresent();
  }

  private static Optional<Path> directory(ProcessHandle process) {
    try {
      Path link = Path.of("/proc", String.valueOf(process.pid()), "cwd");
      return Optional.of(Files.readSymbolicLink(link));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
