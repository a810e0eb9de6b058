package conductor.handlers.worktree;

import conductor.effect.Failure;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Call;
import conductor.engine.handler.Key;
import conductor.handlers.git.BranchNames;
import conductor.handlers.git.CheckoutSettings;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.Repository;
import conductor.process.Command;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes and removes worktrees with their branches. Changes to the repository's own files are made
 * under the repository's lock; the checkout of files is not, so that several worktrees can be
 * checked out at the same time.
 */
public record WorktreeBranches(
    Worktrees worktrees, RepositoryLocks locks, WorktreeInspector inspector, InstantSource clock) {

  private static final String HOOK = "post-checkout";

  /**
   * Makes a worktree with its files, or completes the one that was begun with the same key. Leaves
   * nothing behind when it fails.
   *
   * @param prefix the prefix of the branch's name, used when the plan does not name the branch
   */
  WorktreeEnv add(WorktreePlan plan, String prefix, GitJobs jobs, Call call)
      throws InterruptedException {
    Repository repository = plan.repository();
    Worktrees.Made made =
        locks.locked(repository.main(), () -> registered(plan, prefix, call.key()));
    if (made.stage() != Worktrees.Stage.PLANNED) {
      return made.env();
    }
    Git git = repository.git();
    try {
      var checkout = new Checkout(git, made.env());
      var settings = CheckoutSettings.of(git.at(made.env().path()));
      checkout.files(inspector.gitDirectory(made.env()), settings);
      if (settings.hooks() || jobs.began(call, HOOK)) {
        checkout.hook(spec -> jobs.once(call, HOOK, spec), call::say);
      }
    } catch (Failure e) {
      remove(git, made.env());
      throw e;
    }
    worktrees.write(made.at(Worktrees.Stage.CHECKED_OUT));
    return made.env();
  }

  private Worktrees.Made registered(WorktreePlan plan, String prefix, Key key)
      throws InterruptedException {
    Repository repository = plan.repository();
    Optional<Worktrees.Made> begun = worktrees.byKey(repository.main(), key.toString());
    NavigableSet<String> branches = BranchNames.all(repository.git());
    if (begun.isEmpty()) {
      WorktreeEnv env = planned(plan, prefix, key.run(), branches);
      begun =
          Optional.of(new Worktrees.Made(env, key.toString(), key.run(), Worktrees.Stage.PLANNED));
      worktrees.write(begun.get());
    }
    Worktrees.Made made = begun.get();
    if (made.stage() == Worktrees.Stage.PLANNED) {
      register(repository.git(), made.env(), made.env().baseCommit(), branches);
    }
    return made;
  }

  private WorktreeEnv planned(
      WorktreePlan plan, String prefix, String run, NavigableSet<String> branches)
      throws InterruptedException {
    Path main = plan.repository().main();
    String given = plan.branch();
    String branch = given == null ? free(plan, prefix, run, branches) : given;
    String id = given == null ? id(prefix, branch) : BranchNames.directory(branch);
    String whole = given == null || id.endsWith(run) ? id : id + "-" + run;
    return new WorktreeEnv(
        whole,
        worktrees.path(main, whole),
        branch,
        plan.baseBranch(),
        plan.baseRemote(),
        plan.baseCommit(),
        plan.issueId(),
        main,
        clock.instant(),
        plan.sparse(),
        null);
  }

  private static String id(String prefix, String branch) {
    return BranchNames.directory(branch.substring(prefix.length() + 1));
  }

  /**
   * Returns a free branch name made of the plan's name and the run; with a number where another
   * branch or worktree has it, and without slashes where a branch has a leading part of it.
   */
  private String free(WorktreePlan plan, String prefix, String run, NavigableSet<String> branches)
      throws InterruptedException {
    String name = BranchNames.cleaned(plan.name()) + "-" + run;
    String branch = prefix + "/" + name;
    if (!plan.repository().git().is("check-ref-format", "--branch", branch)) {
      throw new GitFailure.BadBranchName(branch);
    }
    Optional<String> above =
        BranchNames.inTheWay(branches, branch).filter(other -> branch.startsWith(other + "/"));
    String first = above.isPresent() ? prefix + "/" + BranchNames.directory(name) : branch;
    String free = first;
    for (int n = 2;
        BranchNames.inTheWay(branches, free).isPresent()
            || worktrees.isPlanned(plan.repository().main(), id(prefix, free), free);
        n++) {
      free = first + "-" + n;
    }
    return free;
  }

  /** Registers a worktree in the repository, with its branch, without checking out files. */
  private void register(Git git, WorktreeEnv env, String commit, NavigableSet<String> branches)
      throws InterruptedException {
    if (inspector.lost(env).isEmpty() && hasHead(inspector.gitDirectory(env))) {
      if (Files.exists(inspector.gitDirectory(env).resolve("locked"))) {
        // git locks a worktree while making it
        git.run("worktree", "unlock", env.path().toString());
      }
      Cone.set(git, env, inspector.gitDirectory(env));
      return;
    }
    FileTree.delete(env.path());
    forgetUnnamed(git, env);
    String path = env.path().toString();
    AtomicFile.write(worktrees.branchesBefore(env), String.join("\n", branches));
    // twice --force: an attempt that was cut short leaves the path registered and locked
    Command.Ended added =
        branches.contains(env.branch())
            ? git.run(Git.line("worktree add -f -f --no-checkout", path, env.branch()))
            : git.run(
                Git.line(
                    "worktree add -f -f --no-checkout --no-track -b", env.branch(), path, commit));
    if (!added.ok()) {
      throw Git.error(added, "worktree", "add", path);
    }
    Cone.set(git, env, inspector.gitDirectory(env));
  }

  /** Returns whether git has written the branch to HEAD; until then HEAD is an id of zeros. */
  private static boolean hasHead(Path gitDirectory) {
    Path head = gitDirectory.resolve("HEAD");
    return Files.exists(head) && TextFile.read(head).startsWith("ref: ");
  }

  /** Removes a worktree's git directory that a killed git left without a path to the worktree. */
  private static void forgetUnnamed(Git git, WorktreeEnv env) throws InterruptedException {
    Path own = git.commonDirectory().resolve("worktrees").resolve(env.id());
    if (Files.isDirectory(own) && !Files.exists(own.resolve("gitdir"))) {
      FileTree.delete(own);
    }
  }

  /** Records that a worktree is prepared. */
  void ready(WorktreeEnv env) {
    worktrees.of(env).ifPresent(made -> worktrees.write(made.at(Worktrees.Stage.READY)));
  }

  /**
   * Makes a worktree again whose directory is gone, with its branch, or at a commit where the
   * branch is gone too. Leaves an existing worktree as it is.
   *
   * @param git in the repository
   * @throws GitFailure.WorktreeNotReady when its path holds something else
   */
  void again(Git git, WorktreeEnv env, String key, String run, String commit)
      throws InterruptedException {
    CheckoutRefusal.mustBeMade("CreateWorktree", env);
    boolean begun =
        worktrees.of(env).filter(known -> known.stage() == Worktrees.Stage.PLANNED).isPresent();
    if (Files.exists(env.path()) && !begun) {
      inspector.gitDirectory(env);
      return;
    }
    var made = new Worktrees.Made(env, key, run, Worktrees.Stage.PLANNED);
    locks.locked(
        env.repo(),
        () -> {
          worktrees.write(made);
          register(git, env, commit, BranchNames.all(git));
          return true;
        });
    new Checkout(git, env)
        .files(inspector.gitDirectory(env), CheckoutSettings.of(git.at(env.path())));
    worktrees.write(made.at(Worktrees.Stage.CHECKED_OUT));
  }

  /**
   * Makes a worktree with the files that another one had: prepares it like a new one, then writes
   * the kept tree.
   *
   * @param git in the repository
   * @param kept a commit of {@link WorktreeSnapshots}: its parent becomes the head, its tree the
   *     files
   * @param checkout the user's worktree that files are copied from
   * @throws GitFailure.SetupFailed when it cannot be prepared; it exists then, but is not ready
   */
  public void restore(
      Git git, Worktrees.Made made, String kept, Preparation preparation, Path checkout)
      throws InterruptedException {
    WorktreeEnv env = made.env();
    again(git, env, made.key(), made.run(), git.reader().existing(kept + "^"));
    preparation.of(env, new StartingPlace(git.at(checkout)), _ -> Preparation::here, _ -> {});
    Cone.restore(inspector.git(env), kept);
    worktrees.write(made.at(Worktrees.Stage.READY));
  }

  /**
   * Removes a worktree, its branch and its record, without checking for unmerged work. Keeps the
   * branch if another worktree has it checked out.
   */
  public void remove(Git git, WorktreeEnv env) throws InterruptedException {
    CheckoutRefusal.mustBeMade("DeleteWorktree", env);
    locks.locked(
        env.repo(),
        () -> {
          var repository = Repository.recorded(git, env.repo());
          Git main = repository.git();
          unregister(main, env);
          if (Files.exists(env.path(), LinkOption.NOFOLLOW_LINKS)) {
            delete(main, env);
            unregister(main, env);
          }
          String ref = "refs/heads/" + env.branch();
          Optional<String> tip =
              Files.isDirectory(env.repo()) ? main.reader().commit(ref) : Optional.empty();
          if (tip.isPresent() && repository.checkout(ref).isEmpty()) {
            main.run("update-ref", "-d", ref, tip.get());
          }
          worktrees.forget(env);
          return true;
        });
  }

  private static void unregister(Git main, WorktreeEnv env) throws InterruptedException {
    if (Files.isDirectory(env.repo())) {
      main.run("worktree", "remove", "--force", "--force", env.path().toString());
    }
  }

  /** Deletes a worktree's directory with {@code rm}, which copes with paths too long for Java. */
  private static void delete(Git git, WorktreeEnv env) throws InterruptedException {
    Path parent = Objects.requireNonNull(env.path().getParent());
    Command.Ended ended = git.at(parent).program("rm", "-rf", "--", env.path().toString());
    if (!ended.ok()) {
      throw Git.error(ended, "worktree", "remove", env.path().toString());
    }
  }
}
