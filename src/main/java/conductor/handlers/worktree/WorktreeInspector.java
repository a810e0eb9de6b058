package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitDirectories;
import conductor.handlers.git.InitialChanges;
import conductor.handlers.git.StaleLocks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks worktrees before an act uses them: whether a directory still is the worktree that it was,
 * which branch is checked out, and what it contains. Changes only locks that a killed git left, and
 * the branch where commits were made beside it ({@link StrayCommits}).
 *
 * @param host git with the host's environment, anywhere
 */
public record WorktreeInspector(Git host, Worktrees worktrees) {

  /** Files and directories of git, with the operation that each is of: the first is meant. */
  private static final List<String> OPERATIONS =
      List.of(
          "rebase-merge rebase",
          "rebase-apply rebase",
          "MERGE_HEAD merge",
          "CHERRY_PICK_HEAD cherry-pick",
          "REVERT_HEAD revert",
          "sequencer cherry-pick",
          "BISECT_LOG bisect");

  /** Returns git in a worktree, which must still be one; ignores what was copied into it. */
  public Git git(WorktreeEnv env) {
    gitDirectory(env);
    return inside(env);
  }

  private Git inside(WorktreeEnv env) {
    Git here = host.at(env.path());
    Path ignored = worktrees.ignored(env);
    return Files.exists(ignored) ? here.set("core.excludesFile", ignored.toString()) : here;
  }

  /** Returns in words why a directory is not the worktree any more; empty when it is. */
  Optional<String> lost(WorktreeEnv env) {
    try {
      gitDirectory(env);
      return Optional.empty();
    } catch (GitFailure.WorktreeNotReady e) {
      return Optional.of(String.join("; ", e.found));
    }
  }

  /**
   * Returns the git directory of a worktree: the one that its {@code .git} file names and that
   * names the worktree in turn. Without such a check git itself would search the directories above.
   *
   * @throws GitFailure.WorktreeNotReady when there is none
   * @throws GitFailure.NotARepository for a checkout outside of git
   */
  Path gitDirectory(WorktreeEnv env) {
    return env.ofUser() ? ofCheckout(env) : ofWorktree(env);
  }

  private static Path ofCheckout(WorktreeEnv env) {
    CheckoutRefusal.mustBeInGit(env);
    return GitDirectories.readable(env.path())
        .map(GitDirectories::own)
        .orElseThrow(() ->
            notOurs(env, "there is no repository in " + env.path() + " any more", "restore it"));
  }

  private static Path ofWorktree(WorktreeEnv env) {
    Path file = env.path().resolve(".git");
    if (!Files.isDirectory(env.path())) {
      throw notOurs(
          env,
          "the directory " + env.path() + " is gone",
          "its branch is kept; 'conductor resume' makes the worktree again");
    }
    if (!Files.exists(file)) {
      throw notOurs(env, "its .git file is gone", "restore it with 'git worktree repair'");
    }
    if (!Files.isRegularFile(file)) {
      throw notOurs(
          env,
          "its .git file was replaced by a repository of its own",
          "move that .git away and run 'git worktree repair'");
    }
    try {
      String text = Files.readString(file).strip();
      Path directory = env.path().resolve(text.replaceFirst("^gitdir: *", "")).normalize();
      if (!text.startsWith("gitdir:") || !Files.isDirectory(directory)) {
        throw notOurs(
            env,
            "its repository " + env.repo() + " is gone or was moved",
            "run 'git worktree repair " + env.path() + "' in the repository");
      }
      Path back = directory.resolve("gitdir");
      if (!Files.isRegularFile(back)
          || !same(directory.resolve(Files.readString(back).strip()), file)) {
        throw notOurs(
            env,
            "its .git file leads to another repository, " + directory,
            "restore it with 'git worktree repair'");
      }
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private static boolean same(Path one, Path other) throws IOException {
    return Files.exists(one) && Files.isSameFile(one, other);
  }

  private static GitFailure.WorktreeNotReady notOurs(WorktreeEnv env, String found, String advice) {
    return new GitFailure.WorktreeNotReady(env.id(), List.of(found), advice);
  }

  /** Returns how many paths of a worktree, which must still be one, are not committed. */
  public int uncommitted(WorktreeEnv env) throws InterruptedException {
    return look(env).uncommitted();
  }

  /** Returns the state of a worktree, which must still be one. */
  WorktreeState look(WorktreeEnv env) throws InterruptedException {
    Path gitDirectory = gitDirectory(env);
    var reading = new StatusReading();
    Git git = inside(env);
    String[] status =
        Git.line(
            "--no-optional-locks status --porcelain=v2 -z --branch --untracked-files=all"
                + " --ignore-submodules=none --no-renames --no-ahead-behind");
    git.items(status).forEach(reading::add);
    return reading.state(
        env,
        operation(gitDirectory),
        InitialChanges.read(worktrees.birth(env)),
        Submodules.paths(git));
  }

  private static Optional<String> operation(Path gitDirectory) {
    return OPERATIONS.stream()
        .map(operation -> operation.split(" ", 2))
        .filter(operation -> Files.exists(gitDirectory.resolve(operation[0])))
        .map(operation -> operation[1])
        .findFirst();
  }

  /**
   * Returns the state of a worktree that is ready to be committed or pushed. Removes stale locks,
   * and moves the branch to commits that were made beside it; in a checkout only looks.
   *
   * @param say receives a message about such a move
   * @throws GitFailure.WorktreeNotReady when it is not the worktree any more, in the middle of an
   *     operation, in conflict, or on a branch that somebody else may have made
   */
  WorktreeState ready(WorktreeEnv env, Consumer<String> say) throws InterruptedException {
    if (!env.ofUser()) {
      StaleLocks.clear(env, gitDirectory(env));
    }
    WorktreeState state = look(env);
    List<String> obstacles = state.obstacles();
    if (!obstacles.isEmpty()) {
      throw new GitFailure.WorktreeNotReady(
          env.id(), obstacles, "finish or abort that in " + env.path() + ", then resume the run");
    }
    if (state.onBranch()) {
      return state;
    }
    if (env.ofUser()) {
      throw new GitFailure.WorktreeNotReady(
          env.id(),
          List.of("another branch than '%s' is checked out".formatted(env.branch())),
          "check it out again in " + env.path());
    }
    StrayCommits.take(inside(env), state, worktrees.branches(env), say);
    return look(env);
  }

  /**
   * Records how a new worktree differs from its head, see {@link InitialChanges}. Returns its
   * state.
   */
  WorktreeState born(WorktreeEnv env) throws InterruptedException {
    Path birth = worktrees.birth(env);
    InitialChanges.forget(birth);
    WorktreeState state = look(env);
    InitialChanges.write(birth, env.path(), state.changes());
    return state.changes().isEmpty() ? state : look(env);
  }

  /** Returns the pattern of an ignore file that matches exactly one path from the top directory. */
  static String pattern(String path) {
    return "/" + path.replaceAll("[\\\\*?\\[ !#]", "\\\\$0");
  }

  /** Writes the worktree's ignore file: the user's own patterns and the paths of copied files. */
  void ignore(WorktreeEnv env, List<String> paths) throws InterruptedException {
    Path file = worktrees.ignored(env);
    Path usual =
        host.at(env.path())
            .setting("core.excludesFile")
            .map(name -> Path.of(name.replaceFirst("^~(?=/)", home())))
            .orElse(configuration().resolve("git/ignore"));
    var lines = new ByteArrayOutputStream();
    try {
      if (Files.isReadable(usual)) {
        lines.writeBytes(Files.readAllBytes(usual));
        lines.write('\n');
      }
      for (String path : paths) {
        lines.writeBytes((pattern(path) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      Files.write(file, lines.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + Reason.of(e), e);
    }
  }

  private String home() {
    return host.environment().getOrDefault("HOME", "");
  }

  private Path configuration() {
    String named = host.environment().getOrDefault("XDG_CONFIG_HOME", "");
    return named.isEmpty() ? Path.of(home(), ".config") : Path.of(named);
  }
}
