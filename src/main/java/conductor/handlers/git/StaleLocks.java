package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    try {
      List<Path> locks = locks(env, gitDirectory).stream().filter(Files::exists).toList();
      if (locks.isEmpty()) {
        return;
      }
      for (ProcessHandle git : gits(env.path(), gitDirectory)) {
        await(git, env, locks.getFirst());
      }
      delete(locks);
    } catch (IOException e) {
      throw cannotDelete(e);
    }
  }

  private static List<Path> locks(WorktreeEnv env, Path gitDirectory) throws IOException {
    Path common = gitDirectory.resolve("../..").normalize();
    Path remotes = common.resolve("refs/remotes");
    var locks = new ArrayList<>(locksIn(gitDirectory));
    locks.add(common.resolve("refs/heads/" + env.branch() + ".lock"));
    if (Files.isDirectory(remotes)) {
      try (Stream<Path> all = Files.list(remotes)) {
        all.map(remote -> remote.resolve(env.branch() + ".lock")).forEach(locks::add);
      }
    }
    return locks;
  }

  /**
   * Returns all lock files in a worktree's own git directory, such as those of its index and HEAD.
   */
  private static List<Path> locksIn(Path gitDirectory) throws IOException {
    try (Stream<Path> files = Files.list(gitDirectory)) {
      return files.filter(file -> file.toString().endsWith(".lock")).toList();
    }
  }

  /**
   * Kills every git process that works in a worktree, because a process that is gone left it, and
   * removes the locks in the worktree's git directory.
   */
  public static void endGits(WorktreeEnv env, Path gitDirectory) throws InterruptedException {
    for (ProcessHandle git : gits(env.path(), gitDirectory)) {
      git.destroyForcibly();
      try {
        git.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw stillAtWork(git, env, gitDirectory);
      }
    }
    try {
      delete(locksIn(gitDirectory));
    } catch (IOException e) {
      throw cannotDelete(e);
    }
  }

  /** Removes the locks on refs that only the caller writes. */
  public static void clear(Path commonDirectory, Collection<String> refs) {
    try {
      delete(refs.stream().map(ref -> commonDirectory.resolve(ref + ".lock")).toList());
    } catch (IOException e) {
      throw cannotDelete(e);
    }
  }

  private static void delete(List<Path> locks) throws IOException {
    for (Path lock : locks) {
      Files.deleteIfExists(lock);
    }
  }

  private static UncheckedIOException cannotDelete(IOException e) {
    return new UncheckedIOException("cannot delete a stale lock: " + Reason.of(e), e);
  }

  private static void await(ProcessHandle git, WorktreeEnv env, Path lock)
      throws InterruptedException {
    try {
      git.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw stillAtWork(git, env, lock);
    }
  }

  private static GitFailure.WorktreeNotReady stillAtWork(
      ProcessHandle git, WorktreeEnv env, Path lock) {
    return new GitFailure.WorktreeNotReady(
        env.id(),
        List.of(
            "git still works in it (process %d, %s)"
                .formatted(git.pid(), git.info().commandLine().orElse("git"))),
        "wait for it or end it; it holds " + lock);
  }

  /** Returns the git processes whose current directory is in the worktree or its git directory. */
  private static List<ProcessHandle> gits(Path worktree, Path gitDirectory) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> isGit(process) && works(process, worktree, gitDirectory))
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

  private static boolean works(ProcessHandle process, Path worktree, Path gitDirectory) {
    return directory(process)
        .filter(directory -> directory.startsWith(worktree) || directory.startsWith(gitDirectory))
        .isPresent();
  }

  private static Optional<Path> directory(ProcessHandle process) {
    try {
      return Optional.of(Path.of("/proc", String.valueOf(process.pid()), "cwd").toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
