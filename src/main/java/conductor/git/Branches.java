package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.process.Command;
import conductor.state.FileTree;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes and removes worktrees with their branches, each under its repository's lock. */
public final class Branches {

  private final Worktrees worktrees;
  private final RepositoryLocks locks;
  private final InstantSource clock;

  public Branches(Worktrees worktrees, RepositoryLocks locks, InstantSource clock) {
    this.worktrees = worktrees;
    this.locks = locks;
    this.clock = clock;
  }

  /**
   * What a new worktree is to be.
   *
   * @param name of the branch, without the prefix and the run
   */
  record Wanted(
      Repository repository,
      String key,
      String run,
      String name,
      @Nullable String issueId,
      @Nullable String baseBranch,
      String baseCommit) {}

  /** Makes a worktree, or finishes what was begun with the same key. */
  WorktreeEnv add(Wanted wanted) throws InterruptedException {
    Repository repository = wanted.repository();
    return locks.locked(
        repository.main(),
        () -> {
          Optional<Worktrees.Made> begun = worktrees.byKey(repository.main(), wanted.key());
          WorktreeEnv env = begun.isPresent() ? begun.get().env() : planned(wanted);
          worktrees.write(new Worktrees.Made(env, wanted.key(), wanted.run(), false));
          checkOut(repository.git(), env);
          return env;
        });
  }

  private WorktreeEnv planned(Wanted wanted) throws InterruptedException {
    Git git = wanted.repository().git();
    String branch = "conductor/" + wanted.name() + "-" + wanted.run();
    if (!git.is("check-ref-format", "--branch", branch)) {
      throw new GitFailure.BadBranchName(branch);
    }
    String free = branch;
    for (int n = 2; exists(git, free) || isPlanned(wanted, free); n++) {
      free = branch + "-" + n;
    }
    String id = free.substring("conductor/".length()).replace('/', '-');
    return new WorktreeEnv(
        id,
        worktrees.path(wanted.repository().main(), id),
        free,
        wanted.baseBranch(),
        null,
        wanted.baseCommit(),
        wanted.issueId(),
        wanted.repository().main(),
        clock.instant());
  }

  private boolean isPlanned(Wanted wanted, String branch) {
    return worktrees.of(wanted.repository().main()).stream()
        .anyMatch(made -> made.env().branch().equals(branch));
  }

  private static boolean exists(Git git, String branch) throws InterruptedException {
    return git.is("show-ref", "--verify", "--quiet", "refs/heads/" + branch);
  }

  private static void checkOut(Git git, WorktreeEnv env) throws InterruptedException {
    if (Files.exists(env.path().resolve(".git"))
        && git.at(env.path()).is("rev-parse", "--verify", "--quiet", "HEAD^{commit}")) {
      return;
    }
    // --force: the path may be registered from an attempt that a crash cut short
    String path = env.path().toString();
    Command.Ended added =
        exists(git, env.branch())
            ? git.run("worktree", "add", "--force", path, env.branch())
            : git.run(
                "worktree",
                "add",
                "--force",
                "--no-track",
                "-b",
                env.branch(),
                path,
                env.baseCommit());
    if (!added.ok()) {
      throw Git.error(added, "worktree", "add", path);
    }
  }

  /** Says that a worktree was made to the end. */
  void ready(WorktreeEnv env) {
    worktrees.of(env.repo()).stream()
        .filter(made -> made.env().id().equals(env.id()))
        .forEach(made -> worktrees.write(new Worktrees.Made(env, made.key(), made.run(), true)));
  }

  /**
   * Makes a worktree as another one was: prepared like a new one, then with the other's files.
   *
   * @param git in the repository
   * @param kept a commit of {@link Trees}: its parent becomes the head, its tree the files
   * @throws GitFailure.SetupFailed when it cannot be prepared; it is there then, and not ready
   */
  public void restore(Git git, Worktrees.Made made, String kept, Preparation preparation)
      throws InterruptedException {
    WorktreeEnv env = made.env();
    locks.locked(
        env.repo(),
        () -> {
          worktrees.write(new Worktrees.Made(env, made.key(), made.run(), false));
          var start =
              new WorktreeEnv(
                  env.id(),
                  env.path(),
                  env.branch(),
                  env.baseBranch(),
                  env.baseRemote(),
                  git.must("rev-parse", kept + "^"),
                  env.issueId(),
                  env.repo(),
                  env.createdAt());
          checkOut(git, start);
          return true;
        });
    preparation.of(env, _ -> {});
    Git here = git.at(env.path());
    here.must("read-tree", "-u", "--reset", kept);
    here.must("reset", "--quiet");
    worktrees.write(made);
  }

  /** Removes a worktree and its branch, whatever they hold. Other worktrees are left alone. */
  public void remove(Git git, WorktreeEnv env) throws InterruptedException {
    locks.locked(
        env.repo(),
        () -> {
          Git main = git.at(env.repo());
          String path = env.path().toString();
          Command.Ended removed = main.run("worktree", "remove", "--force", "--force", path);
          if (!removed.ok() && Files.exists(env.path().resolve(".git"))) {
            throw Git.error(removed, "worktree", "remove", path);
          }
          FileTree.delete(env.path());
          main.run("branch", "-D", env.branch());
          worktrees.forget(env);
          return true;
        });
  }
}
